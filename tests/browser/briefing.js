// What a reader does with a briefing, and what must be true while they do it.
//   node briefing.js BRIEFING RELEASED SHOTS
'use strict';
const assert = require('node:assert/strict');
const { readFileSync, statSync } = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');

const [briefing, released, shots] = process.argv.slice(2);
const url = (file, hash) => 'file://' + path.resolve(file) + (hash || '');
const OPTIONS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

let browser;
// A page that fails the test if anything is asked of a network or the console complains.
async function open(file, options, hash) {
  const context = await browser.newContext(Object.assign({ viewport: { width: 1366, height: 900 }, reducedMotion: 'no-preference' }, options));
  const page = await context.newPage();
  page.faults = [];
  page.on('request', (request) => { if (!/^(data|file):/.test(request.url()) || (request.url().startsWith('file:') && request.resourceType() !== 'document')) page.faults.push('request: ' + request.url().slice(0, 120)); });
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) page.faults.push('console: ' + message.text()); });
  page.on('pageerror', (error) => page.faults.push('error: ' + error.message));
  page.on('dialog', (dialog) => { page.faults.push('dialog: ' + dialog.message()); dialog.dismiss(); });
  await page.goto(url(file, hash));
  page.done = async () => { assert.deepEqual(page.faults, []); await context.close(); };
  return page;
}
const shot = (page, name, options) => page.screenshot(Object.assign({ path: path.join(shots, name + '.png') }, options));
const title = (page) => page.textContent('#replay-title');
const value = (page) => page.inputValue('#player input[type=range]').then(Number);
const day = (page) => page.inputValue('select[aria-label^="Operating day"]').then(Number);

const tests = {
  async 'it is one file of moderate size with the policy that was promised'() {
    assert.ok(statSync(briefing).size < 3e6, 'at most 3 MB: ' + statSync(briefing).size);
    const text = readFileSync(briefing, 'utf8');
    const policy = /content="(default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; script-src 'sha256-[A-Za-z0-9+/]{43}=')"/;
    assert.match(text, policy);
  },
  async 'every chart has a name and what it shows in words'() {
    const page = await open(briefing);
    const pictures = await page.$$eval('svg[role=img]', (all) => all.map((svg) => {
      const named = svg.getAttribute('aria-labelledby');
      const words = named ? named.split(' ').map((id) => document.getElementById(id).textContent) : [svg.getAttribute('aria-label')];
      return words.every((word) => word.trim().length > 8);
    }));
    assert.ok(pictures.length > 8 && pictures.every(Boolean), JSON.stringify(pictures));
    const levels = await page.$$eval('h1, h2, h3, h4', (all) => all.map((heading) => Number(heading.tagName[1])));
    assert.ok(levels.every((level, i) => i === 0 ? level === 1 : level - levels[i - 1] <= 1), 'headings in order: ' + levels);
    assert.equal(await page.getAttribute('html', 'lang'), 'en-GB');
    await shot(page, 'desktop-light', { fullPage: true });
    await page.done();
  },
  async 'the theme follows the system and can be changed'() {
    const page = await open(briefing, { colorScheme: 'dark' });
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await paper();
    await shot(page, 'desktop-dark', { fullPage: true });
    assert.ok(await page.isVisible('.picture.wide.dark') && !(await page.isVisible('.picture.wide.light')));
    await page.click('#theme');
    assert.notEqual(await paper(), dark);
    assert.ok(await page.isVisible('.picture.wide.light'));
    await page.done();
  },
  async 'the skip link comes first and leads to the findings'() {
    const page = await open(briefing);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    await page.keyboard.press('Enter');
    assert.ok(page.url().endsWith('#findings'));
    await page.done();
  },
  async 'it plays and pauses'() {
    const page = await open(briefing);
    const [before, said] = [await value(page), await title(page)];
    assert.equal(await page.textContent('#player .main'), 'Play');
    await page.click('#player .main');
    await page.waitForFunction((from) => Number(document.querySelector('#player input[type=range]').value) > from + 5, before);
    assert.equal(await title(page), said, 'words change when the clock rests');
    await page.focus('#player input[type=range]');
    await page.keyboard.press('Space');
    const rested = await value(page);
    assert.notEqual(await title(page), said);
    await page.waitForTimeout(200);
    assert.equal(await value(page), rested);
    await page.done();
  },
  async 'keys seek'() {
    const page = await open(briefing, {}, '#replay/day=6&t=20:00');
    const slider = '#player input[type=range]';
    await page.focus(slider);
    const press = async (key) => { await page.keyboard.press(key); return value(page); };
    assert.equal(await value(page), 480);
    assert.deepEqual([await press('ArrowRight'), await press('Shift+ArrowRight'), await press('ArrowLeft'), await press('Shift+ArrowLeft')], [485, 545, 540, 480]);
    assert.deepEqual([await press('End'), await press('Home')], [1439, 0]);
    await press('PageDown');
    assert.equal(await day(page), 7);
    await press('PageUp');
    assert.equal(await day(page), 6);
    await press('ArrowLeft');
    assert.deepEqual([await day(page), await value(page)], [5, 1435], 'time runs on over noon');
    await page.done();
  },
  async 'the slider seeks'() {
    const page = await open(briefing);
    const box = await page.locator('#player input[type=range]').boundingBox();
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const half = await value(page);
    assert.ok(Math.abs(half - 720) < 15, String(half));
    assert.match(await title(page), /^At (23:5\d|00:0\d)/);
    await page.done();
  },
  async 'filters dim and say how many are shown'() {
    const page = await open(briefing, {}, '#replay/day=6&t=21:00');
    const counts = async () => (await page.textContent('#replay-showing')).match(/Showing (\d+) of (\d+)/).slice(1).map(Number);
    const marks = await page.locator('#replay-marks .mark').count();
    assert.deepEqual(await counts(), [marks, marks]);
    await page.uncheck('label:has-text("Land") input');
    await page.uncheck('label:has-text("Air") input');
    assert.deepEqual(await counts(), [0, marks]);
    assert.equal(await page.locator('#replay-marks .dim').count(), marks, 'nothing vanishes');
    await page.done();
  },
  async 'a deep link leads to its instant'() {
    const run = JSON.parse(/id="replay-data">(.*)<\/script>/.exec(readFileSync(briefing, 'utf8'))[1]).runs[1].run;
    const page = await open(briefing, {}, `#replay/run=${run}&day=4&t=21:54`);
    assert.match(await title(page), /^At 21:54/);
    assert.match(await page.textContent('#replay-run'), new RegExp(`^Run ${run}, .* Operating day 4`));
    await page.click('text=Link to this instant');
    assert.ok(page.url().endsWith(`#replay/run=${run}&day=4&t=21:54`));
    await shot(page, 'replay');
    await page.done();
  },
  async 'those who ask for less motion get steps'() {
    const page = await open(briefing, { reducedMotion: 'reduce' });
    assert.equal(await page.locator('#player .main').count(), 0);
    const before = await value(page);
    await page.click('button[aria-label="Five minutes on"]');
    assert.equal(await value(page), before + 5);
    await page.done();
  },
  async 'assumptions can be sorted'() {
    const page = await open(briefing);
    const first = () => page.textContent('.inputs tbody tr:first-child th');
    const before = await first();
    await page.click('.inputs thead th:first-child button');
    await page.click('.inputs thead th:first-child button');
    assert.notEqual(await first(), before);
    assert.equal(await page.getAttribute('.inputs thead th:first-child', 'aria-sort'), 'descending');
    await page.done();
  },
  async 'a picture can be saved with its faces'() {
    const page = await open(briefing);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('figure.chart >> nth=0 >> text=Save PNG')]);
    const file = path.join(shots, 'saved.png');
    await download.saveAs(file);
    assert.equal(readFileSync(file).subarray(1, 4).toString(), 'PNG');
    assert.ok(statSync(file).size > 20000);
    await page.done();
  },
  async 'nothing scrolls sideways on a telephone or at twice the size'() {
    for (const [name, width] of [['phone', 400], ['twice', 683]]) {
      const page = await open(briefing, { viewport: { width, height: 800 } });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, name);
      await shot(page, name, { fullPage: true });
      await page.done();
    }
  },
  async 'without script everything can be read'() {
    const page = await open(briefing, { javaScriptEnabled: false });
    assert.ok(await page.isVisible('.film') && !(await page.isVisible('#player')));
    assert.ok(await page.isVisible('.picture.wide.light') && await page.isVisible('.inputs'));
    assert.ok(!(await page.isVisible('#theme')));
    await page.done();
  },
  async 'on paper there are frames for the replay, and no controls'() {
    const page = await open(briefing);
    await page.emulateMedia({ media: 'print' });
    for (const [selector, visible] of [['.film', true], ['.picture.paper', true], ['.bar', false], ['#player', false], ['.picture.wide.light', false]]) {
      assert.equal(await page.isVisible(selector), visible, selector);
    }
    await page.emulateMedia({ media: null });
    await page.pdf({ path: path.join(shots, 'paper.pdf'), preferCSSPageSize: true, printBackground: true });
    await page.done();
  },
  async 'a released page replays too and tells no date'() {
    const page = await open(released, {}, '#replay/day=3&t=20:00');
    assert.match(await title(page), /^At 20:00/);
    assert.doesNotMatch(await page.evaluate(() => document.body.innerText), /\d{4}-\d{2}-\d{2}/);
    await shot(page, 'released', { fullPage: true });
    await page.done();
  },
};

(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: OPTIONS });
  let failed = 0;
  for (const [name, test] of Object.entries(tests)) {
    try { await test(); console.log('ok    ' + name); } catch (error) { failed += 1; console.log('FAIL  ' + name + '\n      ' + String(error.message).split('\n').join('\n      ')); }
  }
  await browser.close();
  console.log(failed ? failed + ' failed' : 'all passed');
  process.exit(failed ? 1 : 0);
})();
