/**
 * The practice services by themselves, for other tills, SOAP stacks and merchants to try: `npm run sandbox -- --help`.
 * They listen on this machine only.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { isCurrency } from '../../app/domain/money.ts'
import { merchantOrder } from './seven-connect/control-routes.ts'
import { startSevenConnectSandbox } from './seven-connect/start.ts'
import { sandboxReseller, startSeqrSandbox } from './seqr/seqr-server.ts'

const help = `The practice services by themselves: SEQR and 7-CONNECT.

  --seqr-port 9090        the SEQR service's port
  --slips-port 9091       the 7-CONNECT server's port
  --state folder          keeps what happened there, so that it outlives the services
  --currency SEK          of the SEQR shop
  --slips-currency PHP    of the demo merchants
  --reverse-after 20000   ms without a status query after which a payment is reversed
  --merchants file.json   merchants of your own: [{"merchantID", "transactionKey", "endpoint", ...}]
`

try {
  await run()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'seqr-port': { type: 'string', default: '9090' },
      'slips-port': { type: 'string', default: '9091' },
      state: { type: 'string' },
      currency: { type: 'string', default: sandboxReseller.currency },
      'slips-currency': { type: 'string', default: 'PHP' },
      'reverse-after': { type: 'string', default: '20000' },
      merchants: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return void process.stdout.write(help)
  const [currency, slipsCurrency] = [values.currency, values['slips-currency']]
  if (!isCurrency(currency)) throw new Error(`${currency} is not a currency that is known here.`)
  if (!isCurrency(slipsCurrency)) throw new Error(`${slipsCurrency} is not a currency that is known here.`)
  const merchants = values.merchants === undefined ? [] : merchantsIn(values.merchants)
  if (values.state !== undefined) mkdirSync(values.state, { recursive: true })
  const kept = (name: string) => path.join(values.state ?? '', name)
  const seqr = await startSeqrSandbox({
    wsdl: readFileSync(path.join(import.meta.dirname, '../../resources/seqr.wsdl'), 'utf8'),
    port: wholeNumber('--seqr-port', values['seqr-port']),
    resellers: [{ ...sandboxReseller, currency }],
    reverseAfterMs: wholeNumber('--reverse-after', values['reverse-after']),
    ...(values.state === undefined ? {} : { stateFile: kept('seqr.json') }),
  })
  const slips = await startSevenConnectSandbox({
    port: wholeNumber('--slips-port', values['slips-port']),
    currency: slipsCurrency,
    merchants,
    ...(values.state === undefined ? {} : { persistTo: kept('seven-connect.json') }),
  })
  const { resellerId, userId, password } = sandboxReseller
  const { store, merchants: demo } = slips.demo
  process.stdout.write(
    [
      `SEQR        ${seqr.url}?wsdl`,
      `  phone     ${seqr.phoneUrl}`,
      `  control   ${seqr.controlUrl}`,
      `  reseller  ${resellerId}, user ${userId}, password ${password}`,
      `7-CONNECT   ${slips.url}`,
      `  dashboard ${slips.url}/dashboard`,
      `  store     ${store.storeID}, key ${store.storeKey}`,
      ...[...demo, ...merchants].map(
        ({ merchantID, transactionKey }) => `  merchant  ${merchantID}, key ${transactionKey}`,
      ),
      'The practice services are ready. Ctrl+C ends them.',
      '',
    ].join('\n'),
  )
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 0)
    throw new Error(`${name} is ${text}, but must be a number.`)
  return number
}

function merchantsIn(file: string) {
  const parsed = merchantOrder.array().safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  throw new Error(`${file}: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}`)
}
