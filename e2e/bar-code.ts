import { scanRGBABuffer } from '@undecaf/zbar-wasm'
import { PNG } from 'pngjs'

/** What an independent decoder reads in a picture: the kind of each code and its data. */
export async function codesIn(
  png: Buffer,
): Promise<readonly { readonly kind: string; readonly data: string }[]> {
  const { width, height, data } = PNG.sync.read(png)
  const symbols = await scanRGBABuffer(Uint8Array.from(data).buffer, width, height)
  return symbols.map((symbol) => ({ kind: symbol.typeName, data: symbol.decode() }))
}
