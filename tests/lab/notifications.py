# Shows notifications by writing each as a line of JSON into the file that is named: org.freedesktop.Notifications on the
# session bus. Ends with the bus.
import json
import sys

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

NAME = "org.freedesktop.Notifications"


class Notifications(dbus.service.Object):
    last = 0

    @dbus.service.method(NAME, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, app, replaces, icon, title, body, actions, hints, timeout):
        self.last = int(replaces) or self.last + 1
        row = {"id": self.last, "replaces": int(replaces), "app": app, "title": title, "body": body}
        with open(sys.argv[1], "a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
        return dbus.UInt32(self.last)


DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
loop = GLib.MainLoop()
bus.call_on_disconnection(lambda connection: loop.quit())
name = dbus.service.BusName(NAME, bus)
service = Notifications(bus, "/org/freedesktop/Notifications")
print("ready", flush=True)
loop.run()
