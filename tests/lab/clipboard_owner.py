#!/usr/bin/python3
"""Owns a selection with the given formats until it is ended, and says who asks what: clipboard_owner.py [options] TARGET=FILE...

--selection: CLIPBOARD if none is named. --late MS: it answers so late, if --slow TARGET names one for that alone.
--refuse TARGET: it is in the list, and not to be had."""
import argparse
import sys
import time

import gi
gi.require_version('Gtk', '3.0')
gi.require_version('Gdk', '3.0')
from gi.repository import Gdk, Gtk  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument('--selection', default='CLIPBOARD')
parser.add_argument('--late', type=int, default=0)
parser.add_argument('--slow', default='')
parser.add_argument('--refuse', default='')
parser.add_argument('formats', nargs='+')
options = parser.parse_args()

# GTK's Python binding cannot own a selection with several formats by the clipboard; a widget's selection can.
formats = dict(word.split('=', 1) for word in options.formats)
contents = {name: open(file, 'rb').read() for name, file in formats.items()}
selection = Gdk.Atom.intern(options.selection, False)


def on_asked(_widget, data, _info, _time):
    name = data.get_target().name()
    print('asked', name, flush=True)
    if options.late and options.slow in ('', name):
        time.sleep(options.late / 1000)
    if name != options.refuse:
        data.set(Gdk.Atom.intern(name, False), 8, contents[name])


owner = Gtk.Invisible()
owner.connect('selection-get', on_asked)
owner.connect('selection-clear-event', lambda *_: print('lost', flush=True))
for name in contents:
    Gtk.selection_add_target(owner, selection, Gdk.Atom.intern(name, False), 0)
if not Gtk.selection_owner_set(owner, selection, 0):
    sys.exit(f'{options.selection} cannot be owned')
print('owned', flush=True)
Gtk.main()
