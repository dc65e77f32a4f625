"""Who a name refers to, what actors do, and with whom."""
