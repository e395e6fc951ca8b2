import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import { announcerOver } from '../../app/contract/define.ts'
import type { TillView } from '../../app/contract/views.ts'
import type { Currency } from '../../app/domain/money.ts'
import { nordicRules } from '../../app/domain/barcode.ts'
import { holdsSticker } from '../../app/domain/seqr-payment.ts'
import { machineWords } from '../../app/words/machine.ts'
import type { Answer } from '../seqr/service.ts'
import { openMerchantLink } from '../slips/merchant-link.ts'
import { openStoreLink } from '../slips/store-link.ts'
import { outboxCounts } from '../storage/outbox.ts'
import { openShift } from '../storage/shifts.ts'
import { listUsers } from '../storage/users.ts'
import { accountDesk } from './account-desk.ts'
import { articleShelf } from './article-shelf.ts'
import { catalogueActs } from './catalogue.ts'
import { createConnection } from './connection.ts'
import type { Desk } from './desk.ts'
import { createPracticePins, firstStart, setFirstAdministrator } from './first-start.ts'
import { createOutbox } from './outbox.ts'
import { createDiskWatch } from './disk-watch.ts'
import { createDevices } from './devices.ts'
import { deviceSettings } from './device-settings.ts'
import { createDisplay } from './display.ts'
import { createEquipment } from './equipment.ts'
import { journalDesk } from './journal-desk.ts'
import { knownSecrets } from './known-secrets.ts'
import { openMoney } from './open-money.ts'
import { overviewDesk } from './overview.ts'
import { paymentActs } from './payment-acts.ts'
import { createPayments } from './payments.ts'
import { noPractice } from './practice-devices.ts'
import { createProgram } from './program.ts'
import { createPublisher, unlessSame } from './publisher.ts'
import { receiptSender } from './receipt-sender.ts'
import { createReconciliations } from './reconcile.ts'
import { refundActs } from './refund-acts.ts'
import { createRefunds } from './refunds.ts'
import type { Register, RegisterParts } from './register-parts.ts'
import { reservationActs } from './reservations.ts'
import { createSale } from './sale.ts'
import { createSeqrTerminal } from './seqr-terminal.ts'
import { createSession, userView } from './session.ts'
import { settingsActs } from './settings-acts.ts'
import { currencyHeld, saveShopSettings, shopSettings } from './settings.ts'
import { createShifts } from './shift.ts'
import { slipActs } from './slip-acts.ts'
import { createSlipPrinting } from './slip-printing.ts'
import { createSlipsAccount } from './slips-account.ts'
import { createSlips } from './slips.ts'
import { createUpkeep } from './upkeep.ts'
import { userActs } from './users.ts'

/** The till: reads a command, asks the domain, writes, publishes. */
export function createRegister(parts: RegisterParts): Register {
  const listeners = new Set<(channel: string, payload: unknown) => void>()
  const announce = announcerOver(
    contract,
    unlessSame((channel, payload) => {
      for (const listener of listeners) listener(channel, payload)
    }),
  )
  const { storage, clock, log } = parts
  const desk: Desk = { storage, clock, log, newId: randomUUID, announce, disk: { full: false } }
  const publish = createPublisher()
  const settings = () => shopSettings(desk)
  const isPractice = parts.sandbox !== null
  const changed = () => publish(everything)
  /** A receipt may have been finished: its copy for SEQR and its slips' confirms go out at once. */
  const tendered = () => {
    outbox.wake()
    slips.look()
    changed()
  }
  const login = () => terminal.login()
  const heard = (answer: Answer<unknown>, tookMs: number) => connection.heard(answer, tookMs)

  const session = createSession(desk, parts.pins, changed)
  const { scanners, practice, printers, printing, paper } = createEquipment({
    desk,
    session,
    parts,
    settings,
    publish,
    changed,
  })
  const payments = createPayments({
    desk,
    seqr: parts.seqr,
    login,
    seqrId: () => terminal.record()?.seqrId ?? '',
    printer: printing,
    changed: tendered,
    heard,
    finished: (receiptId) => sale.showFinished(receiptId),
    endedUnseen: ({ label }) =>
      announce.till.told({ tone: 'attention', message: 'reservationEnded', about: label }),
  })
  const practicePins = createPracticePins(desk, parts.pins, changed)
  const terminal = createSeqrTerminal({
    desk,
    session,
    seqr: parts.seqr,
    sealer: parts.sealer,
    newPassword: parts.newPassword,
    reseller: parts.reseller,
    suggested: () => {
      const { storeName, tillName } = settings()
      return {
        name: storeName,
        externalId: `${storeName}/Till ${tillName}`,
        seqrIdHint: parts.sandbox?.seqrIdHint ?? '',
      }
    },
    openPayments: () => payments.open().length,
    hasPracticePins: async () => !isPractice && (await practicePins.check()),
    changed: () => {
      void connection.look()
      changed()
    },
  })
  const connection = createConnection({
    clock,
    seqr: parts.seqr,
    idle: () => terminal.record() !== null && payments.open().every((one) => one.stage.name === 'reserved'),
    changed,
  })
  const slipAccounts = createSlipsAccount({
    desk,
    session,
    sealer: parts.sealer,
    given: parts.slips ?? null,
    tillName: () => settings().tillName,
    changed,
  })
  const slipPrinting = createSlipPrinting(desk, printing, settings)
  const slips = createSlips({
    desk,
    account: slipAccounts.account,
    openLink: ({ baseUrl, storeID, storeKey, timeZone: zone }) =>
      openStoreLink({ baseUrl, storeID, storeKey, zone, now: clock.now, freshID: desk.newId }),
    printer: slipPrinting,
    changed,
    told: (tone, message, about) => announce.till.told({ tone, message, about }),
  })
  const sale = createSale({
    desk,
    session,
    payments,
    printer: { ...printing, stateOf: paper.stateOf },
    settings,
    seqr: () => ({
      registered: terminal.record() !== null,
      seqrId: terminal.record()?.seqrId ?? null,
      online: connection.usable(),
    }),
    embeddedRules: nordicRules,
    slips,
    changed: tendered,
  })
  const display = createDisplay({
    desk,
    settings,
    sandbox: isPractice,
    sale: sale.view,
    payments: payments.view,
    changed,
  })
  const devices = createDevices({
    desk,
    session,
    printing,
    printers,
    printerStatus: paper.printerStatus,
    scanners,
    display,
    isPractice: practice !== null,
    changed,
  })
  const outbox = createOutbox({
    desk,
    send: receiptSender({
      storage,
      seqr: parts.seqr,
      login,
      paperOf: printing.receiptPaperOf,
    }),
    random: Math.random,
    changed,
  })
  const diskWatch = createDiskWatch(desk, changed)
  const refunds = createRefunds({
    desk,
    seqr: parts.seqr,
    login,
    printer: printing,
    settings,
    changed: () => {
      outbox.wake()
      changed()
    },
    heard,
  })
  const reconciliations = createReconciliations({
    desk,
    session,
    seqr: parts.seqr,
    reseller: () => terminal.reseller(),
    terminalId: () => terminal.record()?.terminalId ?? null,
    settings,
    printing,
    refunds,
    openPayments: () =>
      payments
        .open()
        .filter(({ stage, settledByHand }) => stage.name !== 'reserved' && settledByHand === null).length,
    changed: () => publish(reconciled),
    heard,
  })

  const reconciled = () => {
    announce.reconciliation.changed(reconciliations.view())
    everything()
  }

  const users = userActs({ desk, pins: parts.pins, session, changed })
  const upkeep = createUpkeep({
    desk,
    session,
    outbox,
    version: parts.version,
    dataDir: parts.environment?.dataDir ?? '',
    sandbox: isPractice,
    warnings,
    changed,
  })

  const whatIsOpen = () => openMoney({ payments, refunds, slips }, settings().language)
  const program = createProgram({
    desk,
    session,
    version: parts.version,
    given: parts.program,
    openMoney: whatIsOpen,
    secrets: () => knownSecrets(storage.read, parts),
    changed,
  })

  /** What an administrator should know of. */
  function warnings(): readonly string[] {
    const says = machineWords[settings().language]
    const hasKeychain = parts.sealer.warning === undefined
    const [asked, kept] = [parts.currency, settings().currency]
    return [
      ...(!isPractice && practicePins.known() ? [says.practicePins] : []),
      ...(hasKeychain ? [] : [says.noKeychain]),
      ...(isPractice || asked === undefined || asked === kept ? [] : [says.currencyKept(asked, kept)]),
      ...program.warnings(says),
      ...upkeep.warnings(says),
    ]
  }

  const slipDesk = slipActs({
    desk,
    session,
    sale,
    slips,
    accounts: slipAccounts,
    printing: slipPrinting,
    openMerchantLink: ({ baseUrl, timeZone: zone }, { merchantID, transactionKey }, currency) =>
      openMerchantLink({ baseUrl, merchantID, transactionKey, currency, zone }),
    settings,
    changed,
  })

  function till(): TillView {
    const user = session.user()
    const shift = openShift(storage.read)
    const { storeName, tillName, currency, language } = settings()
    const counts = outboxCounts(storage.read)
    const { waiting: slipsWaiting, work: slipWork } = slipDesk.view()
    const open = payments.open()
    return {
      version: parts.version,
      sandbox: isPractice,
      sandboxLinks: parts.sandbox,
      storeName,
      tillName,
      currency,
      language,
      user: user === null ? null : userView(user),
      unlockedUntilMs: session.unlockedUntilMs(),
      needsFirstAdministrator: !listUsers(storage.read).some(
        (one) => one.role === 'administrator' && one.active,
      ),
      shift:
        shift === null
          ? null
          : { id: shift.id, number: shift.number, openedAtMs: shift.openedAtMs, by: shift.openedBy },
      seqr: { ...connection.view(), ...terminal.status() },
      printer: paper.printerView(),
      scanners: scanners.inBar(),
      keyboardScanner: deviceSettings(desk).scanners.keyboard,
      outbox: {
        waiting: counts.waiting + slipsWaiting.length,
        needPerson: counts.needPerson + slipWork.length,
      },
      openPayments: open.filter((one) => one.stage.name !== 'reserved').length,
      openReservations: open.filter(({ mode, stage }) => mode === 'reservation' && !holdsSticker(stage))
        .length,
      openRefunds: refunds.unfinished(),
      reservationMinutes: settings().reservationMinutes,
      timeZone: settings().timeZone,
      vatRatesBasisPoints: settings().vatRatesBasisPoints,
      parkedReceipts: sale.parkedCount(),
      warnings: warnings(),
      diskFull: desk.disk.full,
    }
  }

  function everything(): void {
    // What the cashier waits for comes first.
    announce.sale.changed(sale.view())
    announce.till.changed(till())
    announce.payment.changed(payments.view())
    announce.refund.changed(refunds.view())
    announce.paper.changed(paper.recent())
    announce.slip.changed(slipDesk.view())
    announce.devices.changed(devices.view())
    announce.display.changed(display.view())
  }

  const handlers: Handlers<typeof contract> = {
    till: { current: till },
    session: {
      users: () => session.users(),
      signIn: session.signIn,
      signOut: session.signOut,
      unlock: session.unlock,
      lock: session.lock,
      setFirstAdministrator: (input) => setFirstAdministrator(desk, parts.pins, session, input, changed),
      ...users,
    },
    settings: settingsActs({
      desk,
      session,
      printers,
      isPractice,
      seqr: parts.environment?.seqr ?? { inUse: '', fixedBy: null },
      backup: upkeep.settings,
      changed,
    }),
    upkeep: upkeep.handlers,
    program: program.handlers,
    catalogue: catalogueActs({ desk, session, settings, changed }),
    shift: createShifts({
      desk,
      session,
      printing,
      settings,
      sale: { active: sale.active, waiting: sale.waiting },
      openPayments: () => payments.open(),
      openRefunds: () => refunds.view().open,
      changed,
    }),
    sale: sale.handlers,
    payment: paymentActs({ desk, session, sale, payments, printer: printing, settings, changed }),
    reservation: reservationActs({ desk, session, sale, payments, settings }),
    refund: refundActs({ desk, session, refunds, login, settings }),
    reconciliation: reconciliations.handlers,
    journal: journalDesk({ desk, session, settings }),
    account: accountDesk({ desk, session, settings }),
    overview: overviewDesk({ desk, session, settings }),
    article: articleShelf(storage),
    terminal: terminal.handlers,
    paper: paper.handlers,
    devices: devices.handlers,
    display: display.handlers,
    practice: (practice ?? noPractice()).handlers,
    slip: slipDesk.handlers,
  }

  /** What the environment says; a real till with amounts in another currency keeps that one and warns. */
  function takeCurrency(currency: Currency): void {
    if (currency === settings().currency || (!isPractice && currencyHeld(storage.read, false) !== null))
      return
    storage.transaction(() => saveShopSettings(desk, { ...settings(), currency }, 'KASSA_CURRENCY'))
  }

  return {
    handlers,
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async start() {
      payments.resume()
      refunds.resume()
      reconciliations.resume()
      slips.resume()
      if (parts.currency !== undefined) takeCurrency(parts.currency)
      await firstStart(desk, parts.pins, session, {
        sandbox: isPractice,
        catalogue: () => readFileSync(path.join(parts.resourcesDir, 'demo-catalogue.csv'), 'utf8'),
      })
      connection.start()
      outbox.start()
      diskWatch.start()
      paper.start()
      await scanners.start()
      upkeep.start()
      program.start()
      changed()
    },
    clearSticker: payments.clearSticker,
    async stop() {
      upkeep.stop()
      session.stop()
      outbox.stop()
      diskWatch.stop()
      connection.stop()
      await payments.stop()
      await refunds.stop()
      await reconciliations.stop()
      await slips.stop()
      display.stop()
      await scanners.stop()
      await paper.stop()
    },
    shellSettings: program.shellSettings,
    betweenShifts: () => openShift(storage.read) === null,
    openMoney: whatIsOpen,
    quitWords: () => machineWords[settings().language].quit,
  }
}
