/** Prints where Chromium is, or nothing: for the scripts in tools/, which cannot import this. */
import { findChromium, isProgram } from './chromium.ts'

const found = findChromium({ platform: process.platform, variables: process.env, isProgram })
if (found !== null) process.stdout.write(found)
