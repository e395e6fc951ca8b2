import { useEffect, useRef, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icons.tsx'
import { Layer } from '../../components/layer.tsx'
import { Notice } from '../../components/notice.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { ImportFaults, ImportFileFault, ImportPreview } from '../../contract/office-views.ts'
import type { Trouble } from '../../words/sentences.ts'
import { askedWithRights } from '../ask.ts'
import { askForPin, useCurrency, useShop } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { closeDialog, edited, tell } from '../ui-store.ts'
import { upload } from './upload.ts'

type Step =
  | { readonly name: 'choose' }
  | { readonly name: 'reading' | 'writing'; readonly share: number }
  | { readonly name: 'preview'; readonly uploadId: string; readonly preview: ImportPreview }
  | { readonly name: 'faults'; readonly faults: ImportFaults }
  | { readonly name: 'fileFault'; readonly problem: ImportFileFault['problem'] }
  | { readonly name: 'trouble'; readonly trouble: Trouble }

/** A file of articles: chosen, looked at, and then taken in whole or not at all. */
export function ImportDialog() {
  const words = useWords()
  const shop = useShop()
  const { pos, ui } = shop
  const [step, setStep] = useState<Step>({ name: 'choose' })
  const says = words.office.import
  const isBusy = step.name === 'reading' || step.name === 'writing'
  const withRights = <A extends { readonly ok: boolean }>(request: () => Promise<A>) =>
    askedWithRights(request, (permission) => askForPin(shop, permission))
  useEffect(
    () =>
      pos.upkeep.onProgressed(({ what, share }) => {
        if (what === 'writing') setStep((now) => (now.name === 'writing' ? { ...now, share } : now))
      }),
    [pos],
  )

  const show = (answer: { readonly ok: boolean }) => {
    if (!('reason' in answer)) return
    if (answer.reason === 'lines') return setStep({ name: 'faults', faults: answer as ImportFaults })
    if (answer.reason === 'file')
      return setStep({ name: 'fileFault', problem: (answer as ImportFileFault).problem })
    setStep({ name: 'trouble', trouble: answer as unknown as Trouble })
  }
  const look = async (file: File) => {
    setStep({ name: 'reading', share: 0 })
    const bytes = new Uint8Array(await file.arrayBuffer())
    const sent = await withRights(() =>
      upload(pos, bytes, (share) => setStep({ name: 'reading', share: share * 0.9 })),
    )
    if (!sent.ok) return show(sent)
    const { uploadId } = sent
    const checked = await withRights(() => pos.catalogue.checkImport({ uploadId }))
    if (checked.ok) setStep({ name: 'preview', uploadId, preview: checked })
    else show(checked)
  }
  const go = async (uploadId: string) => {
    setStep({ name: 'writing', share: 0 })
    const done = await withRights(() => pos.catalogue.import({ uploadId }))
    if (!done.ok) return show(done)
    edited(ui)
    closeDialog(ui)
    tell(ui, 'good', says.done(done.added, done.changed))
  }
  return (
    <Layer
      title={says.title}
      onBack={isBusy ? null : () => closeDialog(ui)}
      size="large"
      className="import"
      footer={
        isBusy ? undefined : (
          <>
            <ChooseFile
              label={step.name === 'choose' ? says.choose : says.another}
              isFirst={step.name !== 'preview'}
              onFile={(file) => void look(file)}
            />
            {step.name === 'preview' && step.preview.added + step.preview.changed > 0 && (
              <Button
                label={says.go(step.preview.added + step.preview.changed)}
                kind="strong"
                large
                onPress={() => void go(step.uploadId)}
              />
            )}
          </>
        )
      }
    >
      <StepView step={step} />
    </Layer>
  )
}

function ChooseFile(props: {
  readonly label: string
  readonly isFirst: boolean
  readonly onFile: (file: File) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv,text/plain"
        hidden
        aria-label={props.label}
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file !== undefined) props.onFile(file)
        }}
      />
      <Button
        label={props.label}
        icon="tray"
        kind={props.isFirst ? 'strong' : 'plain'}
        large
        onPress={() => input.current?.click()}
      />
    </>
  )
}

function StepView({ step }: { readonly step: Step }) {
  const words = useWords()
  const says = words.office.import
  switch (step.name) {
    case 'choose':
      return (
        <div className="stack">
          <p>{says.long}</p>
          <p>
            <strong>{says.columns}: </strong>
            <span className="mono selectable">{says.columnsList}</span>
          </p>
        </div>
      )
    case 'reading':
    case 'writing':
      return (
        <div className="import-progress" role="status">
          <p>
            <strong>{says[step.name]}</strong> {says.stays}
          </p>
          <progress value={step.share} max={1} />
        </div>
      )
    case 'preview':
      return <Preview preview={step.preview} />
    case 'faults':
      return <Faults faults={step.faults} />
    case 'fileFault':
      return <Notice tone="bad" title={says.file[step.problem]} live />
    case 'trouble':
      return <TroubleNotice trouble={step.trouble} />
  }
}

function Preview({ preview }: { readonly preview: ImportPreview }) {
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const says = words.office.import
  const { added, changed, unchanged, newCategories, first } = preview
  return (
    <>
      <Notice tone={added + changed === 0 ? 'attention' : 'good'} title={says.wouldBe} live>
        {added + changed === 0
          ? says.nothing
          : [says.added(added), says.changed(changed), says.unchanged(unchanged)].join(', ')}
        {newCategories.length > 0 && <p>{says.newCategories(newCategories.join(', '))}</p>}
      </Notice>
      {first.length > 0 && (
        <div className="table-frame scrolls">
          <table className="table">
            <caption>{says.first}</caption>
            <tbody>
              {first.map(({ article, isNew }) => (
                <tr key={article.id}>
                  <td>{isNew ? says.isNew : says.isChanged}</td>
                  <th scope="row">{article.name}</th>
                  <td className="mono">{article.code ?? article.plu ?? ''}</td>
                  <td className="number">
                    {article.priceMinor === null
                      ? words.office.articles.openPrice
                      : amount(article.priceMinor)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

function Faults({ faults: { faults, count } }: { readonly faults: ImportFaults }) {
  const words = useWords()
  const says = words.office.import
  return (
    <>
      <Notice tone="bad" title={says.faulty(count)} live>
        {says.faultyLong}
      </Notice>
      <div className="table-frame scrolls">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{says.line}</th>
              <th scope="col">{says.column}</th>
              <th scope="col">{says.value}</th>
              <th scope="col">{says.wrong}</th>
            </tr>
          </thead>
          <tbody>
            {faults.map(({ line, column, value, problem }) => (
              <tr key={`${line} ${column ?? ''} ${problem} ${value}`}>
                <td>{line}</td>
                <td>{column}</td>
                <td className="mono">{value}</td>
                <td>
                  <Icon name="warning" size={18} /> {says.problem[problem] ?? problem}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {count > faults.length && <p className="soft">{says.andMore(count - faults.length)}</p>}
    </>
  )
}
