import { useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { SettingsView } from '../../contract/office-views.ts'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { useAnswer, useShop, useUi } from '../shop.tsx'
import { AuditPart } from './audit-part.tsx'
import { BackupPart } from './backup-part.tsx'
import { SeqrPart } from './seqr-part.tsx'
import { MoneyPart, PaperPart, ShopPart } from './shop-parts.tsx'

const parts = ['shop', 'paper', 'money', 'seqr', 'backup', 'audit'] as const
type Part = (typeof parts)[number]

/** All that is set once and seldom changed. */
function Settings() {
  const words = useWords()
  const { pos } = useShop()
  const edits = useUi((state) => state.edits)
  const settings = useAnswer(`settings ${edits}`, () => pos.settings.current())
  const [part, setPart] = useState<Part>('shop')
  const says = words.office.settings
  return (
    <ScreenFrame title={says.title} className="settings">
      <nav className="card settings-parts" aria-label={says.title}>
        {parts.map((each) => (
          <Button
            key={each}
            label={says.tabs[each]}
            className="choice"
            pressed={each === part}
            onPress={() => setPart(each)}
          />
        ))}
        <div className="grow" />
        <p className="soft">{says.locked}</p>
      </nav>
      {settings !== null && (
        <section
          key={`${settings.question} ${part}`}
          className="card settings-part"
          aria-label={says.tabs[part]}
        >
          {partOf(part, settings.answer)}
        </section>
      )}
    </ScreenFrame>
  )
}

function partOf(part: Part, settings: SettingsView): ReactElement {
  switch (part) {
    case 'shop':
      return <ShopPart shop={settings.shop} />
    case 'paper':
      return <PaperPart shop={settings.shop} />
    case 'money':
      return <MoneyPart shop={settings.shop} />
    case 'seqr':
      return <SeqrPart settings={settings} />
    case 'backup':
      return <BackupPart backup={settings.backup} />
    case 'audit':
      return <AuditPart />
  }
}

export const settingsScreen: Screen = {
  id: 'settings',
  place: 'elsewhere',
  icon: 'gear',
  title: (words) => words.office.settings.title,
  view: Settings,
  menu: 'configuration',
}
