import type {
  BookState,
  CallMerchant,
  ConfirmVerdict,
  KeptAnswer,
  Merchant,
  PaidAt,
  Slip,
  SlipStatus,
  Store,
  TillVerdict,
} from './book-types.ts'
import { confirmRetries, confirmRetryMs } from './book-types.ts'

export type NewSlip = Pick<
  Slip,
  | 'merchantRef'
  | 'amountMinor'
  | 'description'
  | 'receiptRemarks'
  | 'email'
  | 'phone'
  | 'payLoad'
  | 'returnPaymentDetails'
> & { readonly expiresAtMs: number | null }

export type TillRequest = {
  readonly payID: string
  readonly requestID: string
  readonly at: PaidAt
}

export type BookSettings = {
  readonly merchants: readonly Merchant[]
  readonly stores: readonly Store[]
  readonly now: () => number
  readonly callMerchant: CallMerchant
  /** Twelve digits; asked again while they are taken. */
  readonly freshPayID: () => string
  readonly state?: BookState
  /** Called after every change, before anybody is told of it. */
  readonly save?: (state: BookState) => void
}

export type SevenConnectBook = ReturnType<typeof sevenConnectBook>

/** The slip's status at this moment: a pending slip is expired from its expiry on. */
export function statusOf(slip: Slip, nowMs: number): SlipStatus {
  return slip.status === 'PENDING' && nowMs >= slip.expiresAtMs ? 'EXPIRED' : slip.status
}

/**
 * What a 7-CONNECT server knows and decides, without HTTP: slips, what tills asked, what merchants said. The
 * clock and the way to a merchant are passed in, so that a simulation can run days of it in a moment.
 */
export function sevenConnectBook(settings: BookSettings) {
  const { now, callMerchant, freshPayID, save = () => {} } = settings
  const merchants = new Map(settings.merchants.map((merchant) => [merchant.merchantID, merchant]))
  const stores = new Map(settings.stores.map((store) => [store.storeID, store]))
  const known = (settings.state?.slips ?? []).filter(({ merchantID }) => merchants.has(merchantID))
  const slips = new Map(known.map((slip) => [slip.payID, slip]))
  const answers = new Map((settings.state?.answers ?? []).map((each) => [answerKey(each), each]))
  const inFlight = new Map<string, Promise<ConfirmVerdict>>()
  const posting = new Set<string>()

  const state = (): BookState => ({ slips: [...slips.values()], answers: [...answers.values()] })

  function keep(slip: Slip): Slip {
    slips.set(slip.payID, slip)
    save(state())
    return slip
  }

  function merchantOf(slip: Slip): Merchant {
    const merchant = merchants.get(slip.merchantID)
    if (merchant === undefined) throw new Error(`the slip ${slip.payID} belongs to no known merchant`)
    return merchant
  }

  function unusedPayID(): string {
    for (;;) {
      const payID = freshPayID()
      if (!slips.has(payID)) return payID
    }
  }

  function create(merchant: Merchant, { expiresAtMs, receiptRemarks, ...wanted }: NewSlip): Slip {
    const createdAtMs = now()
    const { merchantID, currency } = merchant
    return keep({
      ...wanted,
      payID: unusedPayID(),
      merchantID,
      currency,
      receiptRemarks: receiptRemarks || `${merchantID}|${wanted.merchantRef}`,
      createdAtMs,
      expiresAtMs: expiresAtMs ?? createdAtMs + merchant.expiryMinutes * 60_000,
      status: 'PENDING',
      verifiedBy: [],
      payment: null,
      posting: null,
      postedAtMs: null,
      authCode: '',
      remarks: '',
      said: '',
    })
  }

  async function verify({ payID, at }: TillRequest): Promise<TillVerdict> {
    const slip = slips.get(payID)
    if (slip === undefined) return unknownSlip
    const status = statusOf(slip, now())
    if (status !== 'PENDING') return declined(status, wordsFor(status))
    const merchant = merchantOf(slip)
    if (merchant.validates) {
      const word = await callMerchant(merchant, 'VALIDATE', slip, at)
      if (word.kind !== 'accepted') return declined('PENDING', word.said)
    }
    const current = slips.get(payID) ?? slip
    const after = statusOf(current, now())
    if (after !== 'PENDING') return declined(after, wordsFor(after))
    keep({ ...current, verifiedBy: [...new Set([...current.verifiedBy, at.storeID])] })
    return { responseCode: 'SUCCESS', responseDesc: '', status: 'PENDING' }
  }

  /** A repeat of a request gets the first answer, also while that is still being made. */
  async function confirm(request: TillRequest & { amountMinor: number | null }): Promise<ConfirmVerdict> {
    const key = answerKey({ storeID: request.at.storeID, requestID: request.requestID })
    const first = answers.get(key)
    if (first !== undefined) return first.payID === request.payID ? first.verdict : otherSlip
    const running = inFlight.get(key)
    if (running !== undefined) return running
    const confirming = takePayment(request).then((verdict) => {
      answers.set(key, keptAnswer(request, verdict))
      save(state())
      return verdict
    })
    inFlight.set(key, confirming)
    try {
      return await confirming
    } finally {
      inFlight.delete(key)
    }
  }

  async function takePayment(request: TillRequest & { amountMinor: number | null }): Promise<ConfirmVerdict> {
    const { payID, requestID, at, amountMinor } = request
    const slip = slips.get(payID)
    if (slip === undefined) return { ...unknownSlip, ...nothing }
    // The server stopped between taking the payment and answering: the payment stands.
    if (slip.payment?.requestID === requestID && slip.payment.storeID === at.storeID) return verdictOn(slip)
    const status = statusOf(slip, now())
    const isLate = status === 'EXPIRED' && slip.verifiedBy.includes(at.storeID)
    if (status !== 'PENDING' && !isLate) return { ...declined(status, wordsFor(status)), ...nothing }
    if (amountMinor !== slip.amountMinor) return { ...declined(status, 'The amount differs'), ...nothing }
    const payment = { ...at, requestID, paidAtMs: now() }
    const paid = keep({ ...slip, status: 'PAID', payment, posting: notPosted })
    return verdictOn(await post(paid))
  }

  /** Tells the merchant, and keeps beforehand that it may have been told. */
  async function post(slip: Slip): Promise<Slip> {
    const { payment, posting: before } = slip
    if (payment === null || before === null || posting.has(slip.payID)) return slip
    const merchant = merchantOf(slip)
    const attempts = before.attempts + 1
    const nextAtMs = merchant.retries && attempts <= confirmRetries ? now() + confirmRetryMs : null
    const sent = keep({ ...slip, posting: { attempts, nextAtMs, mayHaveArrived: true } })
    posting.add(slip.payID)
    const word = await callMerchant(merchant, 'CONFIRM', sent, payment).finally(() =>
      posting.delete(slip.payID),
    )
    return keep(afterWord(sent, before.mayHaveArrived, word, now()))
  }

  function dueAtMs(): number | null {
    const due = [...slips.values()]
      .filter((slip) => slip.status === 'PAID' && !posting.has(slip.payID))
      .flatMap((slip) => slip.posting?.nextAtMs ?? [])
    return due.length === 0 ? null : Math.min(...due)
  }

  /** Sends every CONFIRM whose time to be repeated has come. */
  async function postDue(): Promise<void> {
    const due = [...slips.values()].filter((slip) => {
      const nextAtMs = slip.posting?.nextAtMs ?? null
      return slip.status === 'PAID' && nextAtMs !== null && nextAtMs <= now()
    })
    await Promise.all(due.map((slip) => post(slip)))
  }

  return {
    create,
    verify,
    confirm,
    dueAtMs,
    postDue,
    merchant: (merchantID: string) => merchants.get(merchantID) ?? null,
    merchants: () => [...merchants.values()],
    /** Until the server ends; an account of the same name is replaced. */
    openAccount: (merchant: Merchant) => void merchants.set(merchant.merchantID, merchant),
    store: (storeID: string) => stores.get(storeID) ?? null,
    slip: (payID: string) => slips.get(payID) ?? null,
    /** Newest first. */
    slips: () => [...slips.values()].reverse(),
    /** The first slip that carries this reference of the merchant (7-CONNECT merchant guide). */
    find: (merchantID: string, merchantRef: string) =>
      [...slips.values()].find(
        (each) => each.merchantID === merchantID && each.merchantRef === merchantRef,
      ) ?? null,
    status: (slip: Slip) => statusOf(slip, now()),
  }
}

const nothing = { authCode: '', remarks: '' }
const notPosted = { attempts: 0, nextAtMs: null, mayHaveArrived: false }
const unknownSlip: TillVerdict = {
  responseCode: 'DECLINED',
  responseDesc: 'No such reference',
  status: 'ERROR',
}
const otherSlip: ConfirmVerdict = {
  ...unknownSlip,
  ...nothing,
  responseDesc: 'The request belongs to another slip',
}

/**
 * A refusal that follows a call whose answer was lost can mean "no", or "I have that one already", for a
 * merchant refuses a second CONFIRM. Such a slip stays PAID and says so, until people have spoken.
 */
function afterWord(
  slip: Slip,
  mayHaveArrived: boolean,
  word: Awaited<ReturnType<CallMerchant>>,
  nowMs: number,
): Slip {
  const attempts = slip.posting?.attempts ?? 1
  const done = { attempts, nextAtMs: null, mayHaveArrived }
  switch (word.kind) {
    case 'accepted': {
      const { authCode, remarks } = word
      return { ...slip, status: 'POSTED', postedAtMs: nowMs, authCode, remarks, said: '', posting: done }
    }
    case 'refused':
      if (!mayHaveArrived) return { ...slip, status: 'DECLINED', said: word.said, posting: done }
      return { ...slip, said: `Ask the merchant: ${word.said}`, posting: done }
    case 'silent': {
      const nextAtMs = slip.posting?.nextAtMs ?? null
      const arrived = mayHaveArrived || word.mayHaveArrived
      return { ...slip, said: word.said, posting: { attempts, nextAtMs, mayHaveArrived: arrived } }
    }
  }
}

function verdictOn({ status, authCode, remarks, said }: Slip): ConfirmVerdict {
  if (status === 'DECLINED') return { ...declined('DECLINED', said), ...nothing }
  return { responseCode: 'SUCCESS', responseDesc: '', status, authCode, remarks }
}

function keptAnswer(request: TillRequest, verdict: ConfirmVerdict): KeptAnswer {
  return { storeID: request.at.storeID, requestID: request.requestID, payID: request.payID, verdict }
}

function answerKey({ storeID, requestID }: { storeID: string; requestID: string }): string {
  return `${storeID} ${requestID}`
}

function declined(status: SlipStatus, responseDesc: string): TillVerdict {
  return { responseCode: 'DECLINED', responseDesc, status }
}

function wordsFor(status: SlipStatus): string {
  switch (status) {
    case 'PENDING':
      return ''
    case 'EXPIRED':
      return 'The slip has expired'
    case 'PAID':
    case 'POSTED':
      return 'The slip is already paid'
    case 'DECLINED':
      return 'The merchant declined the slip'
  }
}
