/** How a scanner is doing. Absent is a normal state: nothing is plugged in. */
export type DeviceState = {
  readonly id: string
  readonly kind: 'hid' | 'serial'
  readonly name: string
  readonly state: 'absent' | 'ready' | 'failing'
  /** What is wrong, in words, when it is failing. */
  readonly detail?: string
}
