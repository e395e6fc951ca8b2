/** All that a window gets of the machine: one question, one way to listen. Runs sandboxed, before the page. */
import { contextBridge, ipcRenderer } from 'electron'
import { preloadOver } from './ipc/preload-wire.ts'

contextBridge.exposeInMainWorld('kassa', preloadOver(ipcRenderer))

// What is dropped on a till stays outside, and there is no menu behind the right button.
for (const name of ['dragover', 'drop', 'contextmenu'])
  window.addEventListener(name, (event) => event.preventDefault())
