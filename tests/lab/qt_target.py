#!/usr/bin/python3
"""A window of Qt 5 with a text, which is written to FILE at every change: qt_target.py FILE"""
import os
import sys

from PyQt5.QtWidgets import QApplication, QPlainTextEdit

application = QApplication(sys.argv)
view = QPlainTextEdit()


def save():
    with open(sys.argv[1] + '.new', 'w', encoding='utf-8') as file:
        file.write(view.toPlainText())
    os.rename(sys.argv[1] + '.new', sys.argv[1])


view.setWindowTitle('target')
view.textChanged.connect(save)
view.show()
save()
sys.exit(application.exec_())
