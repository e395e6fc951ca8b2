import { useEffect } from 'react'
import { attachWedge } from '../components/wedge.ts'
import type { WedgeSettings } from '../components/wedge-keys.ts'
import { useWords } from '../components/words-context.tsx'
import type { ScanAnswer } from '../contract/contract.ts'
import type { KeyboardScannerSettings } from '../domain/devices.ts'
import { firstKeyboardScanner } from '../domain/devices.ts'
import type { Scan } from '../domain/scan.ts'
import type { Words } from '../words/en.ts'
import { toldSentence, troubleSentence } from '../words/sentences.ts'
import { asked, askedWithRights } from './ask.ts'
import { screenOf } from './registry.ts'
import { planFor, type RawScan, type Whereabouts } from './scan-route.ts'
import { askForPin, tellTrouble, useShop, useTill, type Shop } from './shop.tsx'
import { openDialog, tell } from './ui-store.ts'

/** Every scan of every scanner comes by here, whatever has the focus, and what the till has to say as well. */
export function useScans(): void {
  const shop = useShop()
  const words = useWords()
  // Each view of the till brings them anew; only other settings put another wedge in place.
  const keyboard = useTill(({ till }) => JSON.stringify(till?.keyboardScanner ?? firstKeyboardScanner))
  useEffect(() => {
    const take = (data: string, atMs: number) =>
      void takeScan(shop, words, { data, device: 'wedge', atMs } satisfies RawScan)
    return attachWedge(window, take, wedgeOf(JSON.parse(keyboard) as KeyboardScannerSettings))
  }, [shop, words, keyboard])
  useEffect(() => {
    const { pos } = shop
    const stops = [
      pos.till.onScanned((scan: RawScan) => void takeScan(shop, words, scan)),
      pos.till.onTold(({ tone, message, about }) => {
        shop.play(tone === 'good' ? 'found' : 'attention')
        tell(shop.ui, tone, toldSentence(words, message, about))
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [shop, words])
}

function wedgeOf({ prefix, ...settings }: KeyboardScannerSettings): Partial<WedgeSettings> {
  return { ...settings, prefix: prefix === '' ? null : prefix }
}

async function takeScan(shop: Shop, words: Words, raw: RawScan): Promise<void> {
  const plan = planFor(raw, whereabouts(shop))
  switch (plan.do) {
    case 'nothing':
      return
    case 'refuse':
      shop.play('notFound')
      return tell(shop.ui, 'bad', words.notHere[plan.reason])
    case 'test':
      shop.play('found')
      return shop.ui.setState(({ testedScans }) => ({
        testedScans: [{ ...plan.scan, name: plan.name }, ...testedScans].slice(0, 5),
      }))
    case 'seqrId':
      shop.play('found')
      return shop.ui.setState(({ scannedSeqrId: { count } }) => ({
        scannedSeqrId: { text: plan.seqrId, count: count + 1 },
      }))
    case 'slip':
      shop.play('found')
      return beginSlip(shop, words, plan.payId)
    case 'code':
      shop.play('found')
      return shop.ui.setState(({ scannedCode: { count } }) => ({
        scannedCode: { text: plan.code, count: count + 1 },
      }))
    case 'receipt': {
      const [sale] = await shop.pos.refund.find({ text: plan.data }).catch(() => [])
      shop.play(sale === undefined ? 'notFound' : 'found')
      if (sale === undefined) return tell(shop.ui, 'bad', words.notHere.noSuchReceipt)
      return shop.ui.setState({ refundOf: sale.receiptId })
    }
    case 'nextCustomer':
      await leaveFinished(shop)
      return sell(shop, words, plan.scan, raw)
    case 'sell':
      return sell(shop, words, plan.scan, raw)
  }
}

async function sell(shop: Shop, words: Words, scan: Scan, raw: RawScan): Promise<void> {
  const { symbology, device } = scan
  const data = scan.data.slice(0, 512)
  const which = 'id' in raw ? { scanId: raw.id } : {}
  const request = () => shop.pos.sale.scan({ data, symbology, device, ...which })
  const answer = await askedWithRights<ScanAnswer>(request, (permission) => askForPin(shop, permission))
  if (!answer.ok) {
    shop.play('notFound')
    return tellTrouble({ ...shop, play: () => {} }, troubleSentence(words, answer))
  }
  shop.play('found')
  if (answer.did === 'startedSlip') return openDialog(shop.ui, { kind: 'slip', slipId: answer.slipId })
  if (answer.did === 'openedReceipt')
    shop.ui.setState({ screen: 'refund', dialog: null, refundOf: answer.receiptId })
  tell(shop.ui, 'good', didText(words, answer))
}

async function beginSlip(shop: Shop, words: Words, text: string): Promise<void> {
  const answer = await asked(() => shop.pos.slip.begin({ text }))
  if (answer.ok) openDialog(shop.ui, { kind: 'slip', slipId: answer.slipId })
  else tellTrouble(shop, troubleSentence(words, answer))
}

function didText(words: Words, answer: Extract<ScanAnswer, { ok: true }>): string {
  switch (answer.did) {
    case 'addedArticle':
      return words.scan.found(answer.name)
    case 'startedSlip':
      return words.scan.slip
    case 'openedReceipt':
      return words.scan.receipt
  }
}

async function leaveFinished({ pos, till }: Shop): Promise<void> {
  const paymentId = till.getState().payments?.current?.id
  if (paymentId !== undefined) await pos.payment.dismiss({ paymentId }).catch(() => {})
}

function whereabouts({ ui, till }: Shop): Whereabouts {
  const state = ui.getState()
  const known = till.getState()
  return {
    place: screenOf(state.screen).place,
    signedIn: known.till?.user != null,
    connected: known.connection === 'up',
    dialogOpen: state.dialog !== null && state.dialog.kind !== 'article',
    slipAsked: state.dialog?.kind === 'slip' && state.dialog.slipId === null,
    payment: known.payments?.current ?? null,
    finishedReceiptId: known.sale?.receipt == null ? (known.sale?.finished?.receiptId ?? null) : null,
    layerOpen: state.pin !== null || state.helpOpen,
  }
}
