"""Where in a text themes occur, how evenly they are dispersed, and with which others they occur."""
