// Packed as default_app.asar into an Electron distribution that came without one: opens the app named on the
// command line, as `electron .` does. For tests and rehearsal only.
const { app } = require('electron');
const { existsSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

/** Splits the command line into the app's path and the modules to load before it; `print` ends the program at once. */
function readArguments(args) {
  const preloads = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index];
    if (arg === '--version' || arg === '-v') return { print: `v${process.versions.electron}`, preloads };
    if (arg === '--abi' || arg === '-a') return { print: process.versions.modules, preloads };
    if (arg === '-r' || arg === '--require') preloads.push(args[++index]);
    else if (!arg.startsWith('-')) return { appPath: arg, preloads };
  }
  return { preloads };
}

function nameApp(folder) {
  const file = path.join(folder, 'package.json');
  if (!existsSync(file)) return;
  const about = JSON.parse(readFileSync(file, 'utf8'));
  if (about.version) app.setVersion(about.version);
  const name = about.productName ?? about.name;
  if (name) app.name = name;
  if (about.desktopName) app.setDesktopName(about.desktopName);
  else app.setDesktopName(`${app.name}.desktop`);
  app.setAppPath(folder);
}

async function load(file) {
  try {
    Module._load(file, Module, true);
  } catch (error) {
    if (error.code !== 'ERR_REQUIRE_ESM') throw error;
    await import(pathToFileURL(file).href);
  }
}

async function start() {
  const { print, appPath, preloads } = readArguments(process.argv.slice(1));
  if (print) {
    process.stdout.write(`${print}\n`);
    return process.exit(0);
  }
  if (!appPath) {
    process.stderr.write('Name the folder of the app: electron FOLDER\n');
    return process.exit(1);
  }
  if (preloads.length > 0) Module._preloadModules(preloads);
  process.defaultApp = true;
  const full = path.resolve(appPath);
  nameApp(full);
  await load(Module._resolveFilename(full, null, true));
}

start().catch((error) => {
  process.stderr.write(`The app at this path could not be opened:\n${error.stack ?? error}\n`);
  process.exit(1);
});
