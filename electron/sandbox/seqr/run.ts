/**
 * The SEQR sandbox by itself, to try any till with:
 * `node electron/sandbox/seqr/run.ts --port 9090 --state seqr.json --currency EUR --reverse-after 20000`.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { isCurrency } from '../../../app/domain/money.ts'
import { sandboxReseller, startSeqrSandbox } from './seqr-server.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    state: { type: 'string' },
    currency: { type: 'string', default: sandboxReseller.currency },
    'reverse-after': { type: 'string', default: '20000' },
  },
})
const { currency } = values
if (!isCurrency(currency)) throw new Error(`${currency} is not a currency that is known here`)
const sandbox = await startSeqrSandbox({
  wsdl: readFileSync(path.join(import.meta.dirname, '../../../resources/seqr.wsdl'), 'utf8'),
  port: Number(values.port),
  resellers: [{ ...sandboxReseller, currency }],
  reverseAfterMs: Number(values['reverse-after']),
  ...(values.state === undefined ? {} : { stateFile: values.state }),
})
const { resellerId, userId, password } = sandboxReseller
// One line of JSON, for whoever starts it from a script.
console.log(
  JSON.stringify({
    url: sandbox.url,
    phone: sandbox.phoneUrl,
    control: sandbox.controlUrl,
    reseller: { resellerId, userId, password },
  }),
)
