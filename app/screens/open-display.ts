/** The desktop program puts the display on the second screen itself, by a setting; a browser opens a window. */
export const canOpenDisplay = (): boolean => !('kassa' in window)

/** The display in a window of its own; a second time shows the same one. */
export function openDisplayWindow(): void {
  window.open('/display', 'kassa-customer-display', 'popup,width=1024,height=768')
}
