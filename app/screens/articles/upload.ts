import type { Pos } from '../link.ts'
import { asked } from '../ask.ts'

/** One part of a file: in base64 well below what a wire takes at once. */
const partBytes = 120_000

type Uploaded =
  | { readonly ok: true; readonly uploadId: string }
  | Exclude<Awaited<ReturnType<Pos['catalogue']['beginUpload']>>, { readonly ok: true }>
  | { readonly ok: false; readonly reason: 'disconnected' }
  | { readonly ok: false; readonly reason: 'bug'; readonly reference: string }

/** Hands a file to the till part by part. `onShare` hears how much of it is there, from 0 to 1. */
export async function upload(
  { catalogue }: Pick<Pos, 'catalogue'>,
  bytes: Uint8Array,
  onShare: (share: number) => void = () => {},
): Promise<Uploaded> {
  const begun = await asked(() => catalogue.beginUpload({ bytes: bytes.length }))
  if (!begun.ok) return begun
  const { uploadId } = begun
  for (let index = 0; index * partBytes < bytes.length; index++) {
    const part = bytes.subarray(index * partBytes, (index + 1) * partBytes)
    const added = await asked(() => catalogue.addToUpload({ uploadId, index, base64: base64Of(part) }))
    if (!added.ok) return added
    onShare(Math.min(1, ((index + 1) * partBytes) / bytes.length))
  }
  return { ok: true, uploadId }
}

/** A few thousand at a time: a call takes only so many arguments. */
const mostArguments = 8192

export function base64Of(bytes: Uint8Array): string {
  const signs: string[] = []
  for (let start = 0; start < bytes.length; start += mostArguments)
    signs.push(String.fromCodePoint(...bytes.subarray(start, start + mostArguments)))
  return btoa(signs.join(''))
}
