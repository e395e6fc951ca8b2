/** Scripts of the pages, as they are sent to a browser. */
export const printScript = `
document.getElementById('print').addEventListener('click', () => print())
`

export const dashboardScript = `
const filter = document.getElementById('filter')
const live = document.getElementById('live')
const query = () => new URLSearchParams(new FormData(filter)).toString()
async function refresh() {
  const asked = query()
  document.getElementById('csv').href = '/dashboard/posted.csv?' + asked
  try {
    const answer = await fetch('/dashboard/live?' + asked)
    const rows = await answer.text()
    if (answer.ok && asked === query() && rows !== live.dataset.rows) {
      live.innerHTML = rows
      live.dataset.rows = rows
    }
  } catch {}
}
async function order(path, body, method = 'POST') {
  await fetch(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const state = await (await fetch('/control')).json()
  document.getElementById('trouble').textContent = state.faults.map((each) => each.kind).join(', ')
  await refresh()
}
filter.addEventListener('input', () => { history.replaceState(null, '', '?' + query()); refresh() })
filter.addEventListener('submit', (event) => event.preventDefault())
document.getElementById('new-slip').addEventListener('submit', (event) => {
  event.preventDefault()
  order('/control/slips', Object.fromEntries(new FormData(event.target)))
})
document.addEventListener('click', (event) => {
  const { fault, merchant, turn, calm } = event.target.dataset ?? {}
  if (fault) order('/control/faults', { kind: fault })
  if (merchant) order('/control/merchants', { confirm: merchant })
  if (turn) order('/control/advance', { ms: Number(turn) })
  if (calm !== undefined) order('/control/faults', {}, 'DELETE').then(() => order('/control/merchants', { validate: 'accept', confirm: 'accept' }))
})
const tick = () => refresh().then(() => setTimeout(tick, 1000))
setTimeout(tick, 1000)
`
