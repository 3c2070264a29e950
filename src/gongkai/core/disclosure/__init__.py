"""Disclosure on application (依申请公开) as pure rules: the clock ledger and the processing fee.

Source: 《政府信息公开条例》 (国务院令第711号), in force 2019-05-15.
"""
