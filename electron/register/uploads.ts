import type { Done } from '../../app/contract/views.ts'

/** Parts of a file on its way in. One at a time: a new one takes the place of one that was left. */
interface Upload {
  readonly id: string
  readonly bytes: number
  readonly parts: Uint8Array[]
  has: number
}

export type Uploads = ReturnType<typeof createUploads>

/** Takes a file in parts, in order, and gives it out whole once nothing of it is missing. */
export function createUploads(newId: () => string) {
  const at: { upload: Upload | null } = { upload: null }
  const mine = (id: string): Upload | null => (at.upload?.id === id ? at.upload : null)

  return {
    begin({ bytes }: { bytes: number }): Done<{ readonly uploadId: string }> {
      at.upload = { id: newId(), bytes, parts: [], has: 0 }
      return { ok: true, uploadId: at.upload.id }
    },
    add({ uploadId, index, base64 }: { uploadId: string; index: number; base64: string }): Done {
      const upload = mine(uploadId)
      if (upload === null) return { ok: false, reason: 'notFound' }
      const part = Buffer.from(base64, 'base64')
      if (index !== upload.parts.length || upload.has + part.length > upload.bytes)
        return { ok: false, reason: 'invalid', field: 'upload', problem: 'uploadBroken' }
      upload.parts.push(part)
      upload.has += part.length
      return { ok: true }
    },
    /** The whole file; null while a part is missing, or when it is not there any more. */
    whole(uploadId: string): Uint8Array | null {
      const upload = mine(uploadId)
      return upload === null || upload.has !== upload.bytes ? null : Buffer.concat(upload.parts)
    },
    forget(uploadId: string): void {
      if (mine(uploadId) !== null) at.upload = null
    },
  }
}
