#!/usr/bin/python3
"""Asks for the text on the clipboard, for each of so many windows, and never takes it: clipboard_hog.py COUNT"""
import sys

import gi
gi.require_version('Gtk', '3.0')
gi.require_version('Gdk', '3.0')
from gi.repository import Gdk, Gtk  # noqa: E402

clipboard, text = Gdk.Atom.intern('CLIPBOARD', False), Gdk.Atom.intern('UTF8_STRING', False)
windows = [Gtk.Window() for _ in range(int(sys.argv[1]))]
for window in windows:
    window.connect('selection-notify-event', lambda *_: True)  # GTK would take it
    window.realize()
    Gdk.selection_convert(window.get_window(), clipboard, text, 0)
Gdk.Display.get_default().sync()
print('asked', flush=True)
Gtk.main()
