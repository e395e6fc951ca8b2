import { Button } from '../../components/button.tsx'
import { Icon, type IconName } from '../../components/icons.tsx'
import { Layer } from '../../components/layer.tsx'
import { useWords } from '../../components/words-context.tsx'
import { canOpenDisplay, openDisplayWindow } from '../open-display.ts'
import { screens } from '../registry.ts'
import { askForPin, usePreferences, useRefused, useRun, useShop, useTill } from '../shop.tsx'
import { closeDialog, goTo, openDialog, type DialogState } from '../ui-store.ts'

/** Everything that is not part of a sale. */
export function MenuDialog() {
  const words = useWords()
  const { ui } = useShop()
  return (
    <Layer title={words.menu.title} onBack={() => closeDialog(ui)} size="side" className="menu">
      <TillPart />
      <ConfigurationPart />
      <ScreenPart />
      <AboutPart />
    </Layer>
  )
}

function TillPart() {
  const words = useWords()
  const shop = useShop()
  const { ui, pos } = shop
  const { busy, run } = useRun()
  const user = useTill(({ till }) => till?.user ?? null)
  const hasShift = useTill(({ till }) => till !== null && till.shift !== null)
  const isUnlocked = useTill(({ till }) => till !== null && till.unlockedUntilMs !== null)
  const signOut = async () => {
    if ((await run('signOut', () => pos.session.signOut())) !== null) goTo(ui, 'sale')
  }
  return (
    <section aria-label={words.menu.till}>
      <h3>{words.menu.till}</h3>
      {screens
        .filter(({ menu }) => menu === 'till')
        .map(({ id, icon, title }) => (
          <MenuItem key={id} label={title(words)} icon={icon} onPress={() => goTo(ui, id)} />
        ))}
      <MenuItem
        label={words.menu.openPayments}
        icon="phone"
        onPress={() => openDialog(ui, { kind: 'openPayments' })}
      />
      {canOpenDisplay() && (
        <MenuItem
          label={words.devices.openDisplay}
          icon="out"
          onPress={() => {
            openDisplayWindow()
            closeDialog(ui)
          }}
        />
      )}
      {!hasShift && (
        <MenuItem
          label={words.shift.open}
          icon="cash"
          onPress={() => openDialog(ui, { kind: 'openShift' })}
        />
      )}
      {isUnlocked && (
        <MenuItem
          label={words.bar.lock}
          icon="lock"
          onPress={() => void run('lock', () => pos.session.lock()).then(() => closeDialog(ui))}
        />
      )}
      <MenuItem
        label={user === null ? words.signIn.signOut : `${words.signIn.signOut}: ${user.name}`}
        icon="leave"
        busy={busy === 'signOut'}
        onPress={() => void signOut()}
      />
    </section>
  )
}

function ConfigurationPart() {
  const words = useWords()
  const shop = useShop()
  const refuse = useRefused()
  const isRegistered = useTill(({ till }) => till !== null && till.seqr.terminal !== null)
  const isUnlocked = useTill(({ till }) => till !== null && till.unlockedUntilMs !== null)
  const open = async (dialog: DialogState) => {
    if (isUnlocked || (await askForPin(shop, 'administrator'))) openDialog(shop.ui, dialog)
  }
  return (
    <section aria-label={words.menu.configuration}>
      <h3>{words.menu.configuration}</h3>
      <div role="group" aria-label={words.menu.seqrTerminal} className="menu-group">
        <h4>{words.menu.seqrTerminal}</h4>
        <MenuItem
          label={words.menu.registerTerminal}
          icon="terminal"
          reason={isRegistered ? words.menu.alreadyRegistered : null}
          onRefused={refuse}
          onPress={() => void open({ kind: 'registerTerminal' })}
        />
        <MenuItem
          label={words.menu.unregisterTerminal}
          icon="bin"
          reason={isRegistered ? null : words.menu.notRegistered}
          onRefused={refuse}
          onPress={() => void open({ kind: 'unregisterTerminal' })}
        />
      </div>
      {screens
        .filter(({ menu }) => menu === 'configuration')
        .map(({ id, icon, title }) => (
          <MenuItem key={id} label={title(words)} icon={icon} onPress={() => goTo(shop.ui, id)} />
        ))}
    </section>
  )
}

function ScreenPart() {
  const words = useWords()
  const { preferences, ui } = useShop()
  const isDark = usePreferences(({ theme }) => theme === 'dark')
  const isMuted = usePreferences(({ muted }) => muted)
  return (
    <section aria-label={words.menu.thisScreen}>
      <h3>{words.menu.thisScreen}</h3>
      <MenuSwitch
        label={words.menu.theme}
        icon="moon"
        isOn={isDark}
        onPress={() => preferences.setState({ theme: isDark ? 'light' : 'dark' })}
      />
      <MenuSwitch
        label={words.menu.sound}
        icon={isMuted ? 'mute' : 'sound'}
        isOn={!isMuted}
        onPress={() => preferences.setState({ muted: !isMuted })}
      />
      <MenuItem label={words.menu.help} icon="help" onPress={() => ui.setState({ helpOpen: true })} />
    </section>
  )
}

function AboutPart() {
  const words = useWords()
  const version = useTill(({ till }) => till?.version ?? '')
  return <p className="menu-about">{words.status.version(version)}</p>
}

function MenuItem(props: {
  readonly label: string
  readonly icon: IconName
  readonly onPress: () => void
  readonly reason?: string | null
  readonly onRefused?: (reason: string) => void
  readonly busy?: boolean
}) {
  return (
    <Button
      label={props.label}
      kind="quiet"
      className="menu-item"
      reason={props.reason}
      busy={props.busy ?? false}
      onRefused={props.onRefused}
      onPress={props.onPress}
    >
      <Icon name={props.icon} />
      <span className="label">
        {props.label}
        {props.reason != null && <small>{props.reason}</small>}
      </span>
    </Button>
  )
}

function MenuSwitch(props: {
  readonly label: string
  readonly icon: IconName
  readonly isOn: boolean
  readonly onPress: () => void
}) {
  const words = useWords()
  return (
    <Button
      label={props.label}
      kind="quiet"
      className="menu-item"
      pressed={props.isOn}
      onPress={props.onPress}
    >
      <Icon name={props.icon} />
      <span className="label">{props.label}</span>
      <strong>{props.isOn ? words.menu.on : words.menu.off}</strong>
    </Button>
  )
}
