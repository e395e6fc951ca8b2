/** One sheet for the phone and for the page of troubles. */
export const sandboxStyle = `
:root {
  --ink: #17302f; --soft: #5d7270; --line: #dbe4e1; --paper: #ffffff; --ground: #f5f8f6;
  --accent: #0f5f63; --accent-ink: #ffffff; --good: #1d7a4c; --bad: #b3392f; --gold: #f4c95d;
  font: 16px/1.45 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif;
  color: var(--ink); -webkit-font-smoothing: antialiased;
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; }
h1, h2, h3, p, dl, dd, ul { margin: 0; padding: 0; }
button, input { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 3px solid var(--gold); outline-offset: 2px; }

.phone-page { min-height: 100vh; display: grid; place-items: center; background: #d9e3df; padding: 18px; }
.phone {
  width: 100%; max-width: 384px; min-height: min(820px, calc(100vh - 36px)); display: flex; flex-direction: column;
  background: var(--ground); border: 10px solid #14201f; border-radius: 44px; overflow: hidden;
  box-shadow: 0 24px 60px #17302f40;
}
.status-bar {
  display: grid; grid-template-columns: 1fr auto 1fr; align-items: center; padding: 10px 22px 4px; font-size: 13px;
  font-weight: 600; font-variant-numeric: tabular-nums;
}
.speaker { width: 74px; height: 18px; border-radius: 9px; background: #14201f; }
.battery { justify-self: end; width: 24px; height: 12px; border: 1.5px solid var(--ink); border-radius: 4px; position: relative; }
.battery::before { content: ''; position: absolute; inset: 1.5px 6px 1.5px 1.5px; border-radius: 1.5px; background: var(--ink); }
.brand { display: flex; align-items: center; gap: 10px; padding: 14px 22px 10px; color: var(--soft); letter-spacing: .01em; }
.brand b { color: var(--ink); font-weight: 650; }
.mark { width: 30px; height: 30px; flex: none; }
.no-connection { display: none; margin: 0 22px 8px; padding: 8px 12px; border-radius: 10px; background: #fbe9e7; color: var(--bad); font-size: 14px; }
.offline .no-connection { display: block; }
.phone main { flex: 1; display: flex; padding: 8px 22px 26px; }
.phone section[data-screen] { flex: 1; display: flex; flex-direction: column; min-width: 0; }
.phone h1 { font-size: 27px; line-height: 1.15; letter-spacing: -.02em; font-weight: 700; }
.phone h2 { margin: 26px 0 10px; font-size: 13px; font-weight: 600; color: var(--soft); }
.lead { margin: 6px 0 22px; color: var(--soft); }
.note { color: var(--soft); font-size: 14px; }
.note:empty, .trouble:empty { display: none; }
label { display: block; font-size: 14px; font-weight: 600; margin-bottom: 6px; }
input[type='text'] {
  width: 100%; height: 54px; padding: 0 16px; border: 1.5px solid var(--line); border-radius: 14px; background: var(--paper);
  font-size: 18px; font-variant-numeric: tabular-nums;
}
input::placeholder { color: #a9b8b5; }
.pin { text-align: center; letter-spacing: .5em; text-indent: .5em; font-size: 24px !important; -webkit-text-security: disc; }
.trouble { margin-top: 8px; color: var(--bad); font-size: 14px; font-weight: 600; }
.phone button.primary, .phone button.quiet { width: 100%; min-height: 56px; border-radius: 16px; border: 0; font-size: 18px; font-weight: 650; }
.primary { background: var(--accent); color: var(--accent-ink); margin-top: 14px; transition: background .15s; }
.primary:hover { background: #0b4c50; }
.primary:active { transform: translateY(1px); }
.phone button.quiet { background: transparent; color: var(--soft); margin-top: 8px; min-height: 50px; font-weight: 600; }
.quiet:hover { color: var(--ink); background: #e7eeeb; }
.check { display: flex; align-items: center; gap: 9px; margin: 14px 0 0; font-weight: 500; color: var(--soft); }
.check input { width: 19px; height: 19px; accent-color: var(--accent); }
#tills { display: grid; gap: 8px; }
.till {
  display: flex; flex-direction: column; align-items: flex-start; gap: 1px; padding: 12px 16px; text-align: left; width: 100%;
  border: 1.5px solid var(--line); border-radius: 14px; background: var(--paper);
}
.till:hover { border-color: var(--accent); }
.till-merchant { font-weight: 650; }
.till-name { font-size: 14px; color: var(--soft); font-variant-numeric: tabular-nums; }
.waiting { flex: 1; display: flex; flex-direction: column; align-items: center; justify-content: center; text-align: center; gap: 6px; }
.pulse { position: relative; width: 112px; height: 112px; margin-bottom: 22px; }
.pulse i { position: absolute; inset: 0; border-radius: 50%; border: 3px solid var(--accent); opacity: 0; animation: pulse 2.4s infinite ease-out; }
.pulse i:nth-child(2) { animation-delay: .8s; }
.pulse i:nth-child(3) { animation-delay: 1.6s; }
.pulse::after { content: ''; position: absolute; inset: 42px; border-radius: 50%; background: var(--gold); }
@keyframes pulse { from { transform: scale(.3); opacity: .8; } to { transform: scale(1); opacity: 0; } }
@media (prefers-reduced-motion: reduce) { .pulse i { animation: none; opacity: .35; } .pulse i:nth-child(2) { inset: 18px; } .pulse i:nth-child(3) { inset: 32px; } }
.merchant { font-size: 18px; font-weight: 650; overflow-wrap: anywhere; }
.sum { display: flex; flex-direction: column; margin: 16px 0 4px; }
.sum span { color: var(--soft); font-size: 14px; font-weight: 600; }
.sum strong { font-size: 40px; line-height: 1.1; letter-spacing: -.03em; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.rows { list-style: none; margin: 14px 0; padding: 4px 16px; border-radius: 14px; background: var(--paper); border: 1.5px solid var(--line); max-height: 190px; overflow: auto; }
.rows li { display: flex; justify-content: space-between; gap: 14px; padding: 9px 0; font-size: 15px; }
.rows li + li { border-top: 1px solid var(--line); }
.row-text { overflow-wrap: anywhere; }
.row-amount { white-space: nowrap; font-variant-numeric: tabular-nums; }
#pin-form { margin-top: auto; padding-top: 10px; }
.hint { margin-top: 10px; text-align: center; font-size: 12.5px; color: var(--soft); }
#outcome > [role='status'] { text-align: center; padding-top: 26px; }
.seal {
  width: 84px; height: 84px; margin: 0 auto 16px; border-radius: 50%; display: grid; place-items: center; color: #fff; background: var(--soft);
  font-size: 42px; font-weight: 700; line-height: 1;
}
[data-tone='good'] .seal { background: var(--good); }
[data-tone='calm'] .seal { background: var(--accent); }
[data-tone='bad'] .seal { background: var(--bad); }
.outcome-amount { font-size: 30px; font-weight: 700; letter-spacing: -.02em; margin: 4px 0 8px; font-variant-numeric: tabular-nums; }
[data-tone='quiet'] .outcome-amount, [data-tone='bad'] .outcome-amount { color: var(--soft); text-decoration: line-through; text-decoration-thickness: 2px; }
#outcome .note { margin-top: 8px; text-align: center; }
#outcome-facts { display: grid; grid-template-columns: auto 1fr; gap: 6px 12px; margin: 22px 0 6px; padding: 14px 16px; border-radius: 14px; background: var(--paper); border: 1.5px solid var(--line); font-size: 14px; }
#outcome-facts:empty { display: none; }
#outcome-facts dt { color: var(--soft); }
#outcome-facts dd { text-align: right; overflow-wrap: anywhere; font-size: 13px; letter-spacing: -.025em; font-variant-numeric: tabular-nums; }
.paper { margin: 10px 0; padding: 14px 11px; background: var(--paper); border-radius: 4px; box-shadow: 0 1px 6px #17302f26; }
.paper-title { font-size: 13px; color: var(--soft); font-weight: 600; margin-bottom: 8px; text-align: center; }
.paper-text { width: fit-content; max-width: 100%; margin: 0 auto; font: 10px/1.5 ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
#outcome .primary { margin-top: auto; }
#outcome #receipts + .note + .quiet + .primary { flex: none; }
#receipts { margin-bottom: 12px; }

@media (max-width: 480px) {
  .phone-page { padding: 0; place-items: stretch; }
  .phone { max-width: none; min-height: 100vh; border: 0; border-radius: 0; box-shadow: none; }
  .status-bar { display: none; }
}

.control-page { background: var(--ground); padding: 28px clamp(16px, 4vw, 48px) 60px; }
.control-page header { display: flex; align-items: center; gap: 12px; margin-bottom: 22px; }
.control-page h1 { font-size: 22px; letter-spacing: -.01em; }
.control-page h2 { font-size: 15px; margin: 26px 0 10px; }
.control-page .panel h2 { margin-top: 0; }
.control-page header a { margin-left: auto; color: var(--accent); }
.panel { padding: 18px; border: 1.5px solid var(--line); border-radius: 16px; background: var(--paper); }
.panel .choices { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 14px; }
.panel .choices button { min-height: 42px; padding: 0 16px; border-radius: 12px; border: 1.5px solid var(--line); background: var(--ground); font-weight: 600; }
.panel .choices button:hover { border-color: var(--accent); }
.panel .choices button.calm { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
.panel .fields { display: flex; flex-wrap: wrap; gap: 14px; }
.panel select, .panel input { height: 42px; padding: 0 12px; border: 1.5px solid var(--line); border-radius: 10px; background: var(--paper); font: inherit; }
.panel input { width: 110px; }
.now { margin-top: 14px; font-weight: 600; }
.now.bad { color: var(--bad); }
.scroller { overflow-x: auto; border: 1.5px solid var(--line); border-radius: 16px; background: var(--paper); }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 8px 14px; white-space: nowrap; }
th { color: var(--soft); font-weight: 600; border-bottom: 1.5px solid var(--line); }
tr + tr td { border-top: 1px solid var(--line); }
td:empty::after { content: '\u2013'; color: #a9b8b5; }
`
