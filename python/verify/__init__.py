"""Runs exported folders and writes down what they compute."""
