"""Framescope: reproducible framing analysis of policy texts."""
