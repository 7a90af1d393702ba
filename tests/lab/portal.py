#!/usr/bin/python3
"""The desktop portal (org.freedesktop.portal.Desktop) of a session bus: portal.py LOG [OPTIONS]

Every call is a line of JSON in LOG. Words on standard input, a line each:
  press ID | release ID     the key of that shortcut, of all sessions
  rename ID KEYS            the user chose another key
  close                     every session is ended
  nonsense                  signals that are none
  copy MIME=FILE...         a program takes the clipboard; MIME= alone is a format that never comes
  look FILE                 what is on the clipboard, as JSON: {MIME: bytes in Base64}
  ask                       a program reads the text that is there
--answer grant|refuse|other|none: what the user says to a dialog. --without INTERFACE: it has none of these.
--deaf METHOD: that method never answers; --mute: keys are pressed, and that is never
answered. --bound ID,...: only these are granted. --early: shortcuts are bound with
the session, as in KDE 5.27. --keys COMMAND: gets each chord
that is pressed and let go, a line each, on its standard input. --devices N: what is granted of them; --token TEXT: what
restores a session.
The clipboard: --paste now|late|twice|never|broken|close|die: what becomes of Ctrl+V; --pasted FILE: what was pasted, one after
the other; --no-clipboard: it is not granted; --untold: what was there before the session is not told; --manager: whatever comes onto it is
read at once, before it is told; --stubborn: ours never comes onto it."""
import argparse
import json
import os
import subprocess
import sys

import dbus
import dbus.lowlevel
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

from portal_clipboard import Clipboard

NAME = 'org.freedesktop.portal.Desktop'
PATH = '/org/freedesktop/portal/desktop'
SHORTCUTS = 'org.freedesktop.portal.GlobalShortcuts'
REMOTE = 'org.freedesktop.portal.RemoteDesktop'
REGISTRY = 'org.freedesktop.host.portal.Registry'
KEYSYMS = {0xffe3: 'Ctrl', 0xffe1: 'Shift', 0x76: 'V', 0xff63: 'Insert', 0xff0d: 'Return', 0xff09: 'Tab'}

parser = argparse.ArgumentParser()
parser.add_argument('log')
parser.add_argument('--answer', default='grant')
parser.add_argument('--without', default='')
parser.add_argument('--deaf', default='')
parser.add_argument('--mute', action='store_true')
parser.add_argument('--bound', default='')
parser.add_argument('--early', action='store_true')
parser.add_argument('--keys', default='')
parser.add_argument('--devices', type=int, default=1)
parser.add_argument('--token', default='')
parser.add_argument('--paste', default='now')
parser.add_argument('--pasted', default='')
parser.add_argument('--no-clipboard', action='store_true')
parser.add_argument('--untold', action='store_true')
parser.add_argument('--manager', action='store_true')
parser.add_argument('--stubborn', action='store_true')
options = parser.parse_args()
CODES = {'grant': 0, 'refuse': 1, 'other': 2}


def log(what, **fields):
    with open(options.log, 'a', encoding='utf-8') as file:
        file.write(json.dumps({'what': what, **fields}, default=str) + '\n')


class UnknownMethod(dbus.DBusException):
    _dbus_error_name = 'org.freedesktop.DBus.Error.UnknownMethod'


class Deaf(Exception):
    pass


class Sessions(dbus.service.Object):
    """What both kinds of sessions have."""
    sessions = {}  # path: sender

    def emit(self, path, interface, member, signature, *arguments, to=None):
        message = dbus.lowlevel.SignalMessage(path, interface, member)
        message.append(*arguments, signature=signature)
        if to:
            message.set_destination(to)
        self.connection.send_message(message)

    def respond(self, sender, given, results, asks=False):
        token = given.get('handle_token', 'none')
        path = f"{PATH}/request/{sender[1:].replace('.', '_')}/{token}"
        answer = options.answer if asks else 'grant'
        if answer in CODES:
            code = CODES[answer]
            GLib.idle_add(lambda: self.emit(path, 'org.freedesktop.portal.Request', 'Response', 'ua{sv}',
                                            dbus.UInt32(code), results if code == 0 else {}, to=sender) and False)
        return path

    def begin(self, interface, method, done, failed):
        """Whether the method is to be answered."""
        if interface == options.without:
            failed(UnknownMethod('no such interface'))
            return False
        return method != options.deaf

    def create(self, interface, given, sender, done, failed):
        if not self.begin(interface, 'CreateSession', done, failed):
            return
        path = f"{PATH}/session/{sender[1:].replace('.', '_')}/{given['session_handle_token']}"
        if path in self.sessions:
            failed(dbus.DBusException('there is such a session'))
            return
        self.sessions[path] = sender
        log('CreateSession', interface=interface, sender=sender, session=given['session_handle_token'])
        results = {'session_handle': dbus.String(path, variant_level=1)}
        if options.early and 'shortcuts' in given:
            results['shortcuts'] = self.bound(name for name, _ in given['shortcuts'])
        done(self.respond(sender, given, results))

    def bound(self, names):
        rows = [(name, {'trigger_description': dbus.String(f'Keys of {name}', variant_level=1)}) for name in names if name]
        return dbus.Array(rows, signature='(sa{sv})', variant_level=1)


class Keyboard(Sessions, Clipboard):
    options = options
    log = staticmethod(log)
    down = []
    chord = []
    typist = None

    @dbus.service.method(REMOTE, in_signature='a{sv}', out_signature='o', sender_keyword='sender',
                         async_callbacks=('done', 'failed'))
    def CreateSession(self, given, sender, done, failed):
        self.create(REMOTE, given, sender, done, failed)

    @dbus.service.method(REMOTE, in_signature='oa{sv}', out_signature='o', sender_keyword='sender')
    def SelectDevices(self, session, given, sender):
        log('SelectDevices', types=given.get('types'), persist=given.get('persist_mode'),
            token=given.get('restore_token'))
        return self.respond(sender, given, {})

    @dbus.service.method(REMOTE, in_signature='osa{sv}', out_signature='o', sender_keyword='sender')
    def Start(self, session, _window, given, sender):
        log('Start')
        results = {'devices': dbus.UInt32(options.devices, variant_level=1)}
        if self.requested and not options.no_clipboard:
            results['clipboard_enabled'] = dbus.Boolean(True, variant_level=1)
        if options.token:
            results['restore_token'] = dbus.String(options.token, variant_level=1)
        path = self.respond(sender, given, results, asks=True)
        if self.owner and 'clipboard_enabled' in results and not options.untold:
            GLib.idle_add(lambda: self.tell_owner() and False)
        return path

    @dbus.service.method(REMOTE, in_signature='oa{sv}iu', async_callbacks=('done', 'failed'))
    def NotifyKeyboardKeysym(self, session, _given, keysym, state, done, failed):
        if str(session) not in self.sessions:
            failed(dbus.DBusException('no such session'))
            return
        if not self.begin(REMOTE, 'NotifyKeyboardKeysym', done, failed):
            return
        key = KEYSYMS.get(int(keysym), str(int(keysym)))
        log('key', key=key, state=int(state))
        if state:
            self.down.append(key)
            self.chord.append(key)
        elif key in self.down:
            self.down.remove(key)
        if not self.down and self.chord:
            self.type('+'.join(self.chord))
            self.chord.clear()
        if not options.mute:
            done()

    def type(self, chord):
        if options.keys:
            self.typist = self.typist or subprocess.Popen(options.keys, shell=True, stdin=subprocess.PIPE, text=True)
            print(chord, file=self.typist.stdin, flush=True)
        if chord == 'Ctrl+V' and self.requested:
            GLib.idle_add(lambda: self.paste() and False)


class Portal(Keyboard):
    @dbus.service.method(REGISTRY, in_signature='sa{sv}', async_callbacks=('done', 'failed'))
    def Register(self, application, _given, done, failed):
        if not self.begin(REGISTRY, 'Register', done, failed):
            return
        log('Register', application=application)
        done()

    @dbus.service.method('org.freedesktop.DBus.Properties', in_signature='ss', out_signature='v')
    def Get(self, interface, name):
        if interface == options.without:
            raise UnknownMethod('no such interface')
        return dbus.UInt32(2, variant_level=1)

    @dbus.service.method(SHORTCUTS, in_signature='a{sv}', out_signature='o', sender_keyword='sender',
                         async_callbacks=('done', 'failed'))
    def CreateSession(self, given, sender, done, failed):
        self.create(SHORTCUTS, given, sender, done, failed)

    @dbus.service.method(SHORTCUTS, in_signature='oa(sa{sv})sa{sv}', out_signature='o', sender_keyword='sender',
                         async_callbacks=('done', 'failed'))
    def BindShortcuts(self, session, shortcuts, _window, given, sender, done, failed):
        if not self.begin(SHORTCUTS, 'BindShortcuts', done, failed):
            return
        rows = {str(name): str(values.get('preferred_trigger', '')) for name, values in shortcuts}
        log('BindShortcuts', session=session, shortcuts=rows,
            described=all(values.get('description') for _, values in shortcuts))
        wanted = options.bound.split(',') if options.bound else list(rows)
        done(self.respond(sender, given, {'shortcuts': self.bound(wanted)}, asks=True))

    def hear(self, line):
        words = line.split()
        self.hear_clipboard(words)
        for path, sender in list(self.sessions.items()):
            if words[0] in ('press', 'release'):
                member = 'Activated' if words[0] == 'press' else 'Deactivated'
                self.emit(path, SHORTCUTS, member, 'osta{sv}', dbus.ObjectPath(path), words[1], dbus.UInt64(1), {})
            if words[0] == 'nonsense':
                self.emit(path, SHORTCUTS, 'Activated', 's', 'dictate')
                self.emit(path, SHORTCUTS, 'ShortcutsChanged', 'os', dbus.ObjectPath(path), 'dictate')
                self.emit(path, 'org.freedesktop.portal.Request', 'Response', 's', 'yes', to=sender)
            if words[0] == 'rename':
                row = (words[1], {'trigger_description': dbus.String(' '.join(words[2:]), variant_level=1)})
                self.emit(path, SHORTCUTS, 'ShortcutsChanged', 'oa(sa{sv})', dbus.ObjectPath(path),
                          dbus.Array([row], signature='(sa{sv})'))
            if words[0] == 'close':
                del self.sessions[path]
                self.emit(path, 'org.freedesktop.portal.Session', 'Closed', '', to=sender)
        if words[0] == 'close':
            self.lose_sessions()


class Closed(dbus.service.FallbackObject):
    @dbus.service.method('org.freedesktop.portal.Session', path_keyword='path')
    def Close(self, path):
        portal.sessions.pop(str(path), None)
        portal.lose_sessions()
        log('Close', path=path)


class Requests(dbus.service.FallbackObject):
    @dbus.service.method('org.freedesktop.portal.Request', path_keyword='path')
    def Close(self, path):
        log('Close', path=path)


def on_input(file, _condition):
    words = os.read(file, 4096).decode()
    for line in words.splitlines():
        portal.hear(line)
    return bool(words)


DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
loop = GLib.MainLoop()
bus.call_on_disconnection(lambda connection: loop.quit())
portal = Portal(bus, PATH)
requests = Requests(bus, PATH + '/request')
closed = Closed(bus, PATH + '/session')
name = dbus.service.BusName(NAME, bus)
GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, on_input)
log('ready')
loop.run()
