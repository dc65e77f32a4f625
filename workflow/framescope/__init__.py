"""Framescope: reproducible framing analysis of policy texts."""

VERSION = "0.1.0"
