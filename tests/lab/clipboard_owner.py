#!/usr/bin/python3
"""Owns the clipboard with the given formats until it is ended, and says who asks what: clipboard_owner.py TARGET=FILE..."""
import sys

import gi
gi.require_version('Gtk', '3.0')
gi.require_version('Gdk', '3.0')
from gi.repository import Gdk, Gtk  # noqa: E402

# GTK's Python binding cannot own a selection with several formats by the clipboard; a widget's selection can.
formats = dict(word.split('=', 1) for word in sys.argv[1:])
contents = {name: open(file, 'rb').read() for name, file in formats.items()}
selection = Gdk.Atom.intern('CLIPBOARD', False)


def on_asked(_widget, data, _info, _time):
    name = data.get_target().name()
    print('asked', name, flush=True)
    data.set(Gdk.Atom.intern(name, False), 8, contents[name])


owner = Gtk.Invisible()
owner.connect('selection-get', on_asked)
owner.connect('selection-clear-event', lambda *_: print('lost', flush=True))
for name in contents:
    Gtk.selection_add_target(owner, selection, Gdk.Atom.intern(name, False), 0)
if not Gtk.selection_owner_set(owner, selection, 0):
    sys.exit('the clipboard cannot be owned')
print('owned', flush=True)
Gtk.main()
