// Run by Electron: signs in to the agency web as its own page would, and takes a picture of it.
// electron web-picture.cjs URL FILE, with { username, password } as JSON in TIMAO_WEB_LOGIN.
const { app, BrowserWindow } = require('electron');
const { writeFileSync } = require('node:fs');

const limitMs = 40_000;

/** Runs inside the page. */
async function signIn(login) {
  const { csrf_token } = await (await fetch('/v2/web/csrf')).json();
  const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf_token };
  const reply = await fetch('/v2/web/login', { method: 'POST', headers, body: JSON.stringify(login) });
  if (!reply.ok) throw new Error(`the sign-in was answered with ${reply.status}`);
}

async function settled(contents) {
  let before = -1;
  for (let round = 0; round < 40; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const length = await contents.executeJavaScript('document.body.innerText.length');
    if (length > 40 && length === before) return;
    before = length;
  }
  throw new Error('the page stayed empty');
}

async function takePicture(url, file) {
  const window = new BrowserWindow({
    show: false,
    width: 1440,
    height: 900,
    webPreferences: { offscreen: true, sandbox: true, contextIsolation: true, partition: 'picture' },
  });
  const login = process.env.TIMAO_WEB_LOGIN ?? '{}';
  await window.loadURL(url);
  await window.webContents.executeJavaScript(`(${signIn})(${login})`);
  await window.loadURL(url);
  await settled(window.webContents);
  const image = await window.webContents.capturePage();
  writeFileSync(file, image.toPNG());
}

const [url, file] = process.argv.slice(-2);
const fail = (error) => {
  process.stderr.write(`No picture of the agency web: ${error.message}\n`);
  app.exit(1);
};
setTimeout(() => fail(new Error(`not done after ${limitMs / 1000} s`)), limitMs);
app
  .whenReady()
  .then(() => takePicture(url, file))
  .then(() => app.exit(0), fail);
