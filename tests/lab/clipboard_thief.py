#!/usr/bin/python3
"""Takes the clipboard, with the text "stolen", whenever another program has taken it, and reads nothing."""
import gi
gi.require_version('Gtk', '3.0')
gi.require_version('Gdk', '3.0')
from gi.repository import Gdk, Gtk  # noqa: E402

clipboard = Gtk.Clipboard.get(Gdk.Atom.intern('CLIPBOARD', False))
ours = False


def take(*_):
    global ours
    ours = not ours  # what we take is told to us, too
    if ours:
        clipboard.set_text('stolen', -1)


clipboard.connect('owner-change', take)
print('ready', flush=True)
Gtk.main()
