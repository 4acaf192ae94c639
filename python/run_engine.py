"""Trains for Netloom: takes requests as frames on its standard input and answers on its standard output."""

from engine.start import start

if __name__ == "__main__":
    start()
