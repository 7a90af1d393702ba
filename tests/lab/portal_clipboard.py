"""The Clipboard portal of portal.py, with the program that the text is pasted into and those that copied before."""
import base64
import json
import os

import dbus
import dbus.service
from gi.repository import GLib

CLIPBOARD = 'org.freedesktop.portal.Clipboard'
PATH = '/org/freedesktop/portal/desktop'
TEXT = 'text/plain;charset=utf-8'


class Refused(dbus.DBusException):
    _dbus_error_name = 'org.freedesktop.DBus.Error.Failed'


class Clipboard(dbus.service.Object):
    """A part of the portal's object: whose `options`, `sessions`, `emit`, `log` and `begin` it uses."""
    requested = False   # access, by the session that is to be started
    owner = None        # 'program', 'session' or nobody
    content = {}        # of a program: format to bytes; None for those that never come
    formats = []        # of a session
    asked = {}          # by serial: what is to become of what is read
    serial = 0

    def tell_owner(self):
        for path, sender in self.sessions.items():
            values = {}
            if self.owner:
                formats = self.formats if self.owner == 'session' else list(self.content)
                values = {'mime_types': dbus.Array(formats, signature='s', variant_level=1),
                          'session_is_owner': dbus.Boolean(self.owner == 'session', variant_level=1)}
            self.emit(path, CLIPBOARD, 'SelectionOwnerChanged', 'oa{sv}', dbus.ObjectPath(path), values, to=sender)

    def lose_sessions(self):
        """Every session is over: what one had there is gone."""
        self.requested = False
        if self.owner == 'session':
            self.owner = None

    def ask(self, mime, then, deaf=False):
        """A program reads what the session has there; then(bytes) when it has come."""
        self.serial += 1
        self.asked[self.serial] = (then, deaf)
        for path, sender in self.sessions.items():
            self.emit(path, CLIPBOARD, 'SelectionTransfer', 'osu', dbus.ObjectPath(path), mime, dbus.UInt32(self.serial), to=sender)

    def on_clipboard(self, mime, then):
        if self.owner == 'session':
            self.ask(mime, then)
        else:
            then(self.content.get(mime) or b'' if self.owner else b'')

    def keep_pasted(self, text):
        with open(self.options.pasted, 'ab') as file:
            file.write(text)

    def paste(self):
        how = self.options.paste
        if how == 'late':
            GLib.timeout_add(600, lambda: self.on_clipboard(TEXT, self.keep_pasted))
        elif how == 'twice':
            self.on_clipboard(TEXT, lambda text: self.on_clipboard(TEXT, self.keep_pasted) or self.keep_pasted(text))
        elif how == 'broken':
            self.ask(TEXT, self.keep_pasted, deaf=True)
        elif how == 'close':
            self.hear('close')
        elif how == 'die':
            os._exit(0)
        elif how == 'now':
            self.on_clipboard(TEXT, self.keep_pasted)

    def hear_clipboard(self, words):
        if words[0] == 'copy':
            self.owner, self.content = 'program', {}
            for word in words[1:]:
                mime, _, name = word.rpartition('=')
                self.content[mime] = open(name, 'rb').read() if name else None
            self.tell_owner()
            self.log('copied')
        if words[0] == 'ask':
            self.on_clipboard(TEXT, self.keep_pasted)
        if words[0] == 'look':
            self.look(words[1])

    def look(self, name):
        formats = {'session': self.formats, 'program': list(self.content)}.get(self.owner, [])
        found = {}

        def come(mime, data):
            found[mime] = base64.b64encode(data).decode()
            write()

        def write():
            if len(found) == len(formats):
                with open(name + '.new', 'w', encoding='utf-8') as file:
                    json.dump({mime: found[mime] for mime in formats}, file)
                os.rename(name + '.new', name)

        write()
        for mime in formats:
            self.on_clipboard(mime, lambda data, mime=mime: come(mime, data))

    def need(self, session):
        if str(session) not in self.sessions or not self.requested or self.options.no_clipboard:
            raise Refused('Clipboard not enabled')

    @dbus.service.method(CLIPBOARD, in_signature='oa{sv}', async_callbacks=('done', 'failed'))
    def RequestClipboard(self, _session, _given, done, failed):
        if self.begin(CLIPBOARD, 'RequestClipboard', done, failed):
            self.log('RequestClipboard')
            self.requested = True
            done()

    @dbus.service.method(CLIPBOARD, in_signature='oa{sv}', async_callbacks=('done', 'failed'))
    def SetSelection(self, session, given, done, failed):
        if not self.begin(CLIPBOARD, 'SetSelection', done, failed):
            return
        self.need(session)
        formats = [str(mime) for mime in given.get('mime_types', [])]
        self.log('SetSelection', formats=formats)
        done()
        if self.options.stubborn:
            return
        self.owner, self.formats = ('session' if formats else None), formats
        if self.options.manager and formats:
            self.ask(TEXT, lambda text: self.log('manager', bytes=len(text)))
        self.tell_owner()

    @dbus.service.method(CLIPBOARD, in_signature='ou', out_signature='h')
    def SelectionWrite(self, session, serial):
        self.need(session)
        if int(serial) not in self.asked:
            raise Refused('no such transfer')
        then, deaf = self.asked.pop(int(serial))
        reading, writing = os.pipe()
        if deaf:
            os.close(reading)
        else:
            self.read_all(reading, then)
        descriptor = dbus.types.UnixFd(writing)
        os.close(writing)
        return descriptor

    def read_all(self, pipe, then):
        parts = []

        def come(_pipe, _condition):
            part = os.read(pipe, 65536)
            if part:
                parts.append(part)
                return True
            os.close(pipe)
            then(b''.join(parts))
            return False
        GLib.io_add_watch(pipe, GLib.IO_IN | GLib.IO_HUP, come)

    @dbus.service.method(CLIPBOARD, in_signature='oub')
    def SelectionWriteDone(self, session, serial, success):
        self.need(session)
        self.log('SelectionWriteDone', success=bool(success))
        if int(serial) in self.asked:  # refused
            then, _ = self.asked.pop(int(serial))
            then(b'')

    @dbus.service.method(CLIPBOARD, in_signature='os', out_signature='h', async_callbacks=('done', 'failed'))
    def SelectionRead(self, session, mime, done, failed):
        if not self.begin(CLIPBOARD, 'SelectionRead', done, failed):
            return
        self.need(session)
        if self.owner != 'program':
            raise Refused('No selection owner available' if not self.owner else 'Tried to read own selection')
        self.log('SelectionRead', format=mime)
        reading, writing = os.pipe()
        done(dbus.types.UnixFd(reading))
        os.close(reading)
        data = self.content.get(str(mime), b'')
        if data is not None:
            self.write_all(writing, data)

    def write_all(self, pipe, data):
        os.set_blocking(pipe, False)
        left = [memoryview(data)]

        def go_on(_pipe, _condition):
            try:
                left[0] = left[0][os.write(pipe, left[0]):]
            except OSError:
                left[0] = b''
            if len(left[0]):
                return True
            os.close(pipe)
            return False
        GLib.io_add_watch(pipe, GLib.IO_OUT | GLib.IO_ERR, go_on)
