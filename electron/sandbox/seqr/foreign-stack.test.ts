import { createClientAsync } from 'soap'
import { expect, test } from 'vitest'
import { sandboxFor } from './soap.fake.ts'

type Called = (args: object) => Promise<readonly [{ readonly return: Record<string, unknown> }]>

/** A SOAP library that knows nothing but the address of the WSDL. */
async function clientOf(url: string) {
  const client = (await createClientAsync(`${url}?wsdl`)) as unknown as Record<string, Called>
  return async (operation: string, args: object) => {
    const [answer] = (await client[`${operation}Async`]?.(args)) ?? []
    return answer?.return ?? {}
  }
}

test('a SOAP library that was given only the WSDL address pays, refunds and reconciles', async () => {
  const clock = { nowMs: Date.parse('2026-03-02T09:00:00Z') }
  await using sandbox = await sandboxFor({ now: () => clock.nowMs })
  const call = await clientOf(sandbox.url)
  const common = { channel: 'ClientWS', clientId: 'Other till', clientRequestTimeout: 0 }
  const shop = {
    ...common,
    clientReference: 'a',
    initiatorPrincipalId: { id: 'SHOP1', type: 'RESELLERUSER', userId: '9900' },
    password: 'shop-password',
  }
  const registered = await call('registerTerminal', {
    context: shop,
    externalTerminalId: 'Till 9',
    password: 'a secret',
    name: 'Till 9',
  })
  const terminalId = String(registered['terminalId'])
  const context = {
    ...common,
    clientReference: 'b',
    initiatorPrincipalId: { id: terminalId, type: 'TERMINALID' },
    password: 'a secret',
  }
  const amount = { currency: 'SEK', value: '12.50' }
  const invoice = {
    acknowledgmentMode: 'NO_ACKNOWLEDGMENT',
    invoiceRows: { invoiceRow: [{ itemQuantity: '1', itemTotalAmount: amount }] },
    totalAmount: amount,
    title: 'Smörgås & kaffe',
  }
  expect(await call('assignSeqrId', { context, seqrId: 'S9' })).toMatchObject({ resultCode: 0 })
  const { invoiceReference } = await call('sendInvoice', { context, invoice })
  const ask = () => call('getPaymentStatus', { context, invoiceReference, invoiceVersion: 0 })
  expect(await ask()).toMatchObject({ status: 'ISSUED', version: 1 })
  sandbox.book.confirm(String(invoiceReference), '1234')
  const paid = await ask()
  expect(paid).toMatchObject({ status: 'PAID', receipt: { invoice: { title: 'Smörgås & kaffe' } } })
  const refund = await call('refundPayment', { context, ersReference: paid['ersReference'], invoice })
  expect(refund).toMatchObject({ resultCode: 0 })
  const parameters = (...entry: object[]) => ({ parameter: { entry } })
  const terminal = { key: 'TERMINALID', value: terminalId }
  const period = await call('markTransactionPeriod', { context: shop, parameters: parameters(terminal) })
  clock.nowMs += 3000
  const { report } = await call('executeReport', {
    context: shop,
    reportId: 'Reconciliation/STD_RECON_006.xml',
    language: 'en',
    parameters: parameters({ key: 'transactionPeriodId', value: period['transactionPeriodId'] }, terminal),
  })
  expect(String((report as Record<string, unknown>)['contentString'])).toContain(
    '<SalesTotal>0.00000</SalesTotal>',
  )
})
