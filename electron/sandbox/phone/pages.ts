import { runControl } from './control-client.ts'
import { controlPage } from './control-page.ts'
import { runPhone } from './phone-client.ts'
import { phonePage } from './phone-page.ts'
import { sandboxStyle } from './phone-style.ts'

type Page = { readonly type: string; readonly text: string }

// The scripts are ordinary checked functions whose source text is sent to the browser: the built program is a few
// bundled files, with no page files beside them to read.
const pages: Readonly<Record<string, Page>> = {
  '/': { type: 'text/html', text: phonePage },
  '/phone': { type: 'text/html', text: phonePage },
  '/phone.js': { type: 'text/javascript', text: sourceOf(runPhone) },
  '/phone.css': { type: 'text/css', text: sandboxStyle },
  '/control': { type: 'text/html', text: controlPage },
  '/control.js': { type: 'text/javascript', text: sourceOf(runControl) },
}

export function answerPage(path: string): Page | null {
  return Object.hasOwn(pages, path) ? (pages[path] ?? null) : null
}

function sourceOf(run: () => void): string {
  return `'use strict';\n(${run.toString()})();\n`
}
