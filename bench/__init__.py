"""Measurements by ratios: what is compared runs side by side on one machine in one run (`make bench`)."""
