import { brandIcon, brandMark } from './brand.ts'

/** The buyer's phone. Every screen stands in the page; one of them is shown. */
export const phonePage = `<!doctype html>
<html lang="en" translate="no">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="google" content="notranslate">
<title>SEQR sandbox phone</title>
<link rel="icon" href="${brandIcon}">
<link rel="stylesheet" href="/phone.css">
</head>
<body class="phone-page">
<div class="phone">
  <div class="status-bar" aria-hidden="true"><span id="clock"></span><span class="speaker"></span><span class="battery"></span></div>
  <header class="brand">${brandMark}<span>SEQR <b>sandbox</b></span></header>
  <p class="no-connection" role="status">No connection. Trying again.</p>
  <main>
    <section data-screen="home">
      <h1>Pay with your phone</h1>
      <p class="lead">Scan the sticker at the register.</p>
      <form id="scan-form" novalidate>
        <label for="seqr-text">SEQR ID or QR text</label>
        <input id="seqr-text" type="text" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="500">
        <p class="trouble" id="home-trouble" role="alert"></p>
        <button class="primary" type="submit">Scan</button>
        <label class="check"><input id="loyalty" type="checkbox"> Show my club card</label>
      </form>
      <h2>Stickers nearby</h2>
      <div id="tills"></div>
      <p id="no-tills" class="note">None yet. A register appears here once it is registered and has a SEQR ID.</p>
    </section>
    <section data-screen="waiting" hidden>
      <div class="waiting" role="status">
        <div class="pulse" aria-hidden="true"><i></i><i></i><i></i></div>
        <h1>Waiting for amount</h1>
        <p class="merchant" id="waiting-merchant"></p>
        <p class="note" id="waiting-till"></p>
      </div>
      <button class="quiet leave" type="button">Back</button>
    </section>
    <section data-screen="confirm" hidden>
      <p class="merchant" id="confirm-merchant"></p>
      <p class="note" id="confirm-till"></p>
      <div class="sum"><span id="confirm-what">To pay</span><strong id="confirm-total"></strong></div>
      <p class="note" id="confirm-explain"></p>
      <ul class="rows" id="confirm-rows"></ul>
      <p class="note" id="confirm-footer"></p>
      <form id="pin-form" novalidate>
        <label for="pin">PIN</label>
        <input id="pin" class="pin" type="text" inputmode="numeric" autocomplete="off" maxlength="4" placeholder="\u2022\u2022\u2022\u2022" aria-describedby="pin-hint pin-trouble">
        <p class="trouble" id="pin-trouble" role="alert"></p>
        <button class="primary" type="submit">Confirm</button>
      </form>
      <button class="quiet" id="decline" type="button">Decline</button>
      <p class="hint" id="pin-hint">Any four digits. 0000 is a wrong PIN, 9999 an empty account.</p>
    </section>
    <section data-screen="outcome" id="outcome" hidden>
      <div role="status">
        <div class="seal" id="outcome-mark" aria-hidden="true"></div>
        <h1 id="outcome-title"></h1>
        <p class="outcome-amount" id="outcome-amount"></p>
        <p class="merchant" id="outcome-merchant"></p>
        <p class="note" id="outcome-text"></p>
      </div>
      <dl id="outcome-facts"></dl>
      <div id="receipts"></div>
      <p class="note" id="receipts-waiting">The receipt comes in a moment.</p>
      <button class="quiet" id="lapse" type="button">Let it lapse</button>
      <button class="primary leave" type="button">Done</button>
    </section>
  </main>
</div>
<script src="/phone.js"></script>
</body>
</html>
`
