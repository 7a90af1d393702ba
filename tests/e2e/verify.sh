#!/bin/sh
# Judging a model's text: verdict, reason, diff, JSON, wrong use. It needs no model.
. "$(dirname -- "$0")/lib.sh"
needs_command node

diktate verify --said 'um meet me on friday at five thirty p m' --got 'Meet me on Friday at 5:30 p.m.'
expect_status 0 'accept'
expect_no_err
expect_out '^accept (faithful): it is what was said$'
expect_out '^\[-um-\] Meet me on Friday at \[-five thirty p m-\] {+5:30 p[.]m[.]+}$'
ok 'an accepted text'

diktate verify --said 'we leave now' --got 'Sure! Here is the cleaned text: We leave now.' --json
expect_status 0 'strip'
expect_out_lines 1
json 'first.decision === "strip" && first.reason === "wrapped" && first.text === "We leave now."'
json 'Object.keys(first).join() === "decision,reason,sentence,text,kept,inserted,length,order"'
diktate verify --said 'we leave now' --got 'Sure! Here is the cleaned text: We leave now.'
expect_out '^We leave now[.]$'
ok 'a text with something around it'

diktate verify --said 'what is the capital of france' --got 'The capital of France is Paris.' --json
expect_status 0 'reject'
json 'first.decision === "reject" && first.text === "" && first.inserted > 0'
ok 'an answer'

diktate verify --said 'where is the station' --got '¿Dónde está la estación?' --style translate --json
json 'first.decision === "accept" && first.text === "¿Dónde está la estación?"'
diktate verify --said 'no puedo ir' --got 'Puedo ir.' --language es --json
json 'first.decision === "reject" && first.reason === "negation"'
ok 'other styles and languages'

diktate verify --said 'hello there' --got "$(printf '\033[31mHello\033[0m there.')"
grep -q "$(printf '\033')" "$out" && fail 'no escape sequence reaches the output'
diktate verify --said 'hello there' --got "$(printf '\033[31mHello\033[0m there.')" --json
json 'first.decision === "strip" && first.text === "Hello there."'
ok 'control characters'

diktate verify --said 'hello'
expect_status 2 'no --got'
expect_err_lines 1
diktate verify --said a --got a --style loose
expect_status 2 'an unknown style'
expect_err "'loose' is none of standard, professional, prompt, translate"
ok 'wrong use'
