import { brandIcon, brandMark } from './brand.ts'

/** What goes on inside the service, and buttons to make it misbehave. */
export const controlPage = `<!doctype html>
<html lang="en" translate="no">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>SEQR sandbox control</title>
<link rel="icon" href="${brandIcon}">
<link rel="stylesheet" href="/phone.css">
</head>
<body class="control-page">
<header>${brandMark}<h1>SEQR sandbox</h1><a href="/phone">Open the phone</a></header>
<main>
  <section class="panel" aria-labelledby="trouble-title">
    <h2 id="trouble-title">Trouble</h2>
    <div class="fields">
      <div><label for="operation">Operation</label><select id="operation"></select></div>
      <div><label for="times">Requests</label><input id="times" type="number" min="0" value="1" aria-describedby="times-hint"></div>
      <div><label for="ms">Milliseconds</label><input id="ms" type="number" min="0" value="5000"></div>
      <div><label for="code">Result code</label><input id="code" type="number" value="93"></div>
    </div>
    <p class="note" id="times-hint">0 requests: until everything is well again.</p>
    <div class="choices" id="choices"></div>
    <p class="now" id="now" role="status"></p>
  </section>
  <h2>Invoices</h2><div class="scroller" id="invoices"></div>
  <h2>Registers</h2><div class="scroller" id="terminals"></div>
  <h2>Refunds</h2><div class="scroller" id="refunds"></div>
  <h2>What certification would object to</h2><div class="scroller" id="remarks"></div>
  <h2>Latest calls</h2><div class="scroller" id="calls"></div>
</main>
<script src="/control.js"></script>
</body>
</html>
`
