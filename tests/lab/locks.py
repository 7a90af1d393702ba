# Says whether the session is locked: as a screen saver while the first file is there, and as logind while the second is. Both
# are on the session bus: locks.py FILE FILE. Ends with the bus.
import os
import sys

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

SAVER = 'org.freedesktop.ScreenSaver'
LOGIN = 'org.freedesktop.login1'


class Saver(dbus.service.Object):
    @dbus.service.method(SAVER, out_signature='b')
    def GetActive(self):
        return os.path.exists(sys.argv[1])


class Session(dbus.service.Object):
    @dbus.service.method('org.freedesktop.DBus.Properties', in_signature='ss', out_signature='v')
    def Get(self, interface, name):
        if (interface, name) != (LOGIN + '.Session', 'LockedHint'):
            raise dbus.DBusException('no such property')
        return dbus.Boolean(os.path.exists(sys.argv[2]), variant_level=1)


DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
loop = GLib.MainLoop()
bus.call_on_disconnection(lambda connection: loop.quit())
saver = Saver(bus, '/org/freedesktop/ScreenSaver')
session = Session(bus, '/org/freedesktop/login1/session/auto')
names = [dbus.service.BusName(name, bus) for name in (SAVER, LOGIN)]
print('ready', flush=True)
loop.run()
