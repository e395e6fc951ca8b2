const whatBringsIt = {
  'node-hid': 'On Linux it needs libusb-1.0-0 and libudev1; elsewhere install Kassa again.',
  serialport: 'It comes with Kassa: install it again, for this kind of computer.',
} as const

/**
 * Runs what needs a library with native code. When that cannot be loaded the error says which one is missing and what
 * brings it; every other error stays as it is.
 */
export async function withLibrary<T>(library: keyof typeof whatBringsIt, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isMissing(error)) throw error
    const [firstLine = ''] = error.message.split('\n')
    throw new Error(`${library} cannot be loaded (${firstLine}). ${whatBringsIt[library]}`, { cause: error })
  }
}

function isMissing(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? error.code : ''
  const isCode = ['ERR_DLOPEN_FAILED', 'MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes(String(code))
  return isCode || /no native build was found|cannot open shared object file/i.test(error.message)
}
