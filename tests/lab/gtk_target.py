#!/usr/bin/python3
"""A window of GTK 3 with a text, which is written to FILE at every change: gtk_target.py FILE [--late MS] [--hang MS] [--read-late MS]
[--late-read MS] [--text TEXT]

--late: the program is busy for so long before it takes the key V. --hang: it pastes that much after each key that does, and answers
meanwhile, as a browser whose page hangs. --read-late: it asks for the clipboard at that key, and is busy for so
long before it reads the answer (Wayland). --late-read: for so long before it takes a text that it asked for (X). --text: the text at the
start, all of it selected."""
import argparse
import os
import time

import gi
gi.require_version('Gtk', '3.0')
from gi.repository import Gdk, GLib, GObject, Gtk  # noqa: E402

CONTROL, SHIFT = Gdk.ModifierType.CONTROL_MASK, Gdk.ModifierType.SHIFT_MASK

parser = argparse.ArgumentParser()
parser.add_argument('file')
parser.add_argument('--late', type=int, default=0)
parser.add_argument('--hang', type=int, default=0)
parser.add_argument('--read-late', type=int, default=0)
parser.add_argument('--late-read', type=int, default=0)
parser.add_argument('--text', default='')
parser.add_argument('--title', default='target')
options = parser.parse_args()


def save(buffer):
    text = buffer.get_text(buffer.get_start_iter(), buffer.get_end_iter(), True)
    with open(options.file + '.new', 'w', encoding='utf-8') as file:
        file.write(text)
    os.rename(options.file + '.new', options.file)


# The property with the text is read after this.
def on_answer(_widget, event):
    if options.late_read and event.target.name() in ('UTF8_STRING', 'text/plain;charset=utf-8'):
        time.sleep(options.late_read / 1000)
    return True


def on_key(_view, event):
    if options.hang and event.keyval in (ord('v'), ord('V'), Gdk.KEY_Insert) and event.state & (CONTROL | SHIFT):
        GLib.timeout_add(options.hang, lambda: view.emit('paste-clipboard'))
        return True
    if options.late and event.keyval in (ord('v'), ord('V')):
        time.sleep(options.late / 1000)
    if not options.read_late or event.keyval not in (ord('v'), ord('V')):
        return False
    Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD).request_text(lambda _, text: buffer.insert_at_cursor(text or ''))
    window.get_display().flush()
    time.sleep(options.read_late / 1000)
    return True


window, view = Gtk.Window(title=options.title), Gtk.TextView()
buffer = view.get_buffer()
buffer.set_text(options.text)
buffer.select_range(buffer.get_start_iter(), buffer.get_end_iter())
buffer.connect('changed', save)
view.connect('key-press-event', on_key)
window.add(view)
window.set_default_size(400, 200)
window.connect('destroy', Gtk.main_quit)
GObject.add_emission_hook(Gtk.Widget, 'selection-notify-event', on_answer)
save(buffer)
window.show_all()
view.grab_focus()
Gtk.main()
