import { useEffect, type ReactNode } from 'react'
import { Icon } from './components/icons.tsx'
import { useWords, WordsProvider } from './components/words-context.tsx'
import { StatusBar } from './screens/bar/status-bar.tsx'
import { dialogFor } from './screens/dialog-for.tsx'
import { HelpDialog } from './screens/dialogs/help-dialog.tsx'
import { PinDialog } from './screens/dialogs/pin-dialog.tsx'
import { MessageLine } from './screens/message-line.tsx'
import { PaymentLayer } from './screens/payment/payment-layer.tsx'
import { SettleDialog } from './screens/payment/settle-dialog.tsx'
import { PracticePanel } from './screens/practice-devices/practice-panel.tsx'
import { pixelsPerMm } from './screens/preferences.ts'
import { screenOf } from './screens/registry.ts'
import { ShopProvider, usePreferences, useShop, useTill, useUi, type Shop } from './screens/shop.tsx'
import { FirstAdministratorScreen } from './screens/sign-in/first-administrator-screen.tsx'
import { SignInScreen } from './screens/sign-in/sign-in-screen.tsx'
import { useSlipDialog } from './screens/slips/use-slip-dialog.ts'
import { closeDialog, openDialog } from './screens/ui-store.ts'
import { useKeys } from './screens/use-keys.ts'
import { useScans } from './screens/use-scans.ts'

/** The whole window of the register. */
export function App({ shop }: { readonly shop: Shop }) {
  return (
    <ShopProvider shop={shop}>
      <InWords />
    </ShopProvider>
  )
}

function InWords() {
  const language = useTill(({ till }) => till?.language ?? 'en')
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  return (
    <WordsProvider language={language}>
      <Register />
    </WordsProvider>
  )
}

function Register() {
  useKeys()
  useScans()
  useSlipDialog()
  useLook()
  useShiftPrompt()
  const connection = useTill((state) => state.connection)
  const isSignedIn = useTill(({ till }) => till !== null && till.user !== null)
  return (
    <div className="register" data-connection={connection}>
      <StatusBar />
      {connection === 'lost' && <LostBanner />}
      {isSignedIn ? <Working /> : <NotWorking />}
      <PracticePanel />
      <Help />
    </div>
  )
}

/** Someone is signed in: a screen, and over it at most a dialog, the payment, its settling and a PIN, in this order. */
function Working() {
  const { view: View } = screenOf(useUi((state) => state.screen))
  const dialog = useUi((state) => state.dialog)
  const isSettling = useUi((state) => state.settling)
  const pin = useUi((state) => state.pin)
  const hasMessage = useUi(({ message }) => message?.tone === 'bad' || message?.tone === 'attention')
  const help = useUi((state) => state.helpOpen)
  const payment = useTill(({ payments }) => payments?.current ?? null)
  const isPaying = payment !== null
  const isLayered = dialog !== null || isPaying || pin !== null || help
  return (
    <>
      <main className="screen" {...outOfReach(isLayered)}>
        <View />
      </main>
      {dialog !== null && !isPaying && <Layers covered={pin !== null || help}>{dialogFor(dialog)}</Layers>}
      {isPaying && (
        <Layers covered={isSettling || pin !== null || help}>
          <PaymentLayer payment={payment} />
        </Layers>
      )}
      {isPaying && isSettling && (
        <Layers covered={pin !== null || help}>
          <SettleDialog payment={payment} />
        </Layers>
      )}
      {pin !== null && (
        <Layers covered={help}>
          <PinDialog request={pin} />
        </Layers>
      )}
      {isLayered && hasMessage && (
        <div className="message-float">
          <MessageLine />
        </div>
      )}
    </>
  )
}

/** Neither fingers, keys nor screen readers get at what another layer covers. */
function outOfReach(covered: boolean) {
  return covered ? ({ inert: true, 'aria-hidden': true } as const) : {}
}

/** What is covered by another layer waits, out of reach. */
function Layers({ covered, children }: { readonly covered: boolean; readonly children: ReactNode }) {
  return (
    <div className="layers" {...outOfReach(covered)}>
      {children}
    </div>
  )
}

function NotWorking() {
  const till = useTill((state) => state.till)
  const dialog = useUi((state) => state.dialog)
  const isClosed = dialog?.kind === 'shiftClosed'
  return (
    <>
      <main className="screen" {...outOfReach(isClosed)}>
        {till === null ? (
          <Connecting />
        ) : till.needsFirstAdministrator ? (
          <FirstAdministratorScreen />
        ) : (
          <SignInScreen />
        )}
      </main>
      {isClosed && <Layers covered={false}>{dialogFor(dialog)}</Layers>}
    </>
  )
}

/** Whoever signs in while no shift is open is asked for the float: nothing can be sold before. */
function useShiftPrompt() {
  const { ui } = useShop()
  const userId = useTill(({ till }) => till?.user?.id ?? null)
  const hasShift = useTill(({ till }) => till?.shift != null)
  useEffect(() => {
    if (userId !== null && !hasShift && ui.getState().dialog === null) openDialog(ui, { kind: 'openShift' })
    if (hasShift && ui.getState().dialog?.kind === 'openShift') closeDialog(ui)
  }, [userId, hasShift, ui])
}

function Help() {
  const isOpen = useUi((state) => state.helpOpen)
  if (!isOpen) return null
  return (
    <Layers covered={false}>
      <HelpDialog />
    </Layers>
  )
}

function Connecting() {
  const words = useWords()
  return (
    <div className="connecting" role="status">
      <span className="spinner" aria-hidden="true" />
      <h1>{words.connection.connecting}</h1>
      <p className="soft">{words.connection.connectingLong}</p>
    </div>
  )
}

function LostBanner() {
  const words = useWords()
  return (
    <div className="lost" role="alert">
      <Icon name="offline" size={28} />
      <p>
        <strong>{words.connection.lost}</strong>
        <span>{words.connection.lostLong}</span>
      </p>
      <span className="spinner" aria-hidden="true" />
    </div>
  )
}

function useLook() {
  const theme = usePreferences((state) => state.theme)
  const chosen = usePreferences((state) => state.pixelsPerMm)
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
    document.documentElement.style.setProperty('--mm', `${pixelsPerMm(chosen, window.screen)}px`)
  }, [theme, chosen])
}
