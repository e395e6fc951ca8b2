import { demoStore } from './demo-data.ts'
import { sign } from './signing.ts'

export type Fields = Record<string, string>

/** A till reduced to what goes over the wire: signed forms out, whatever comes back in. */
export function wireTill(url: string, storeID: string = demoStore.storeID, key: string = demoStore.storeKey) {
  const at = { storeID, pos: '1', shift: '2', bdate: '20180319000000' }
  return {
    verify(payID: string, requestID = 'v1') {
      const token = sign(key, 'VERIFY', storeID, payID, requestID)
      return post(`${url}/v1/pos/verify`, { ...at, payID, requestID, token })
    },
    confirm(payID: string, amount: string, requestID = 'c1') {
      const token = sign(key, 'CONFIRM', storeID, payID, amount, requestID)
      return post(`${url}/v1/pos/confirm`, { ...at, payID, amount, requestID, token })
    },
    status(...payIDs: string[]) {
      const token = sign(key, 'STATUS', storeID, payIDs.join(','), 's1')
      return post(`${url}/v1/pos/status`, { storeID, payIDs: payIDs.join(','), requestID: 's1', token })
    },
  }
}

/** Posts a form and gives the JSON that comes back. */
export async function post(address: string, fields: Fields): Promise<Fields> {
  const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(fields) })
  return (await answer.json()) as Fields
}
