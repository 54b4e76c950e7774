// Replay: map, time–distance diagram, table and slider on one clock. Tracks come computed; this moves marks along them.
(function () {
  'use strict';
  const source = document.getElementById('replay-data');
  const player = document.getElementById('player');
  if (!source || !player) return;
  const data = JSON.parse(source.textContent);
  const DAY = 1440, NOON = 720, FIELDS = 9, STEP = 10;
  const CLASSES = ['none', 'low', 'moderate', 'high', 'highest'];
  const byId = (id) => document.getElementById(id);
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  document.documentElement.classList.add('js');
  player.hidden = false;

  function html(name, attributes, ...inside) {
    const made = document.createElement(name);
    for (const key of Object.keys(attributes || {})) made.setAttribute(key, attributes[key]);
    made.append(...inside);
    return made;
  }
  function svg(name, attributes, text) {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const key of Object.keys(attributes || {})) made.setAttribute(key, attributes[key]);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // A run unpacked: movements with pieces of time; days from noon to noon that something happens on.
  const runs = data.runs.map((packed) => {
    const moves = packed.moves.map(([name, air, people, numbers]) => {
      const pieces = [];
      for (let i = 0; i < numbers.length; i += FIELDS) {
        const [start, length, kind, place, level, x0, y0, x1, y1] = numbers.slice(i, i + FIELDS);
        pieces.push({ start, end: start + length, kind: data.kinds[kind], place: data.places[place], level, x0, y0, x1, y1 });
      }
      return { name, air: air === 1, people, pieces, start: pieces[0].start, end: pieces[pieces.length - 1].end };
    });
    const dayOf = (minute) => Math.floor((data.midnight + minute - NOON) / DAY) + 1;
    const end = moves.reduce((latest, move) => Math.max(latest, move.end), 0);
    const first = dayOf(moves.reduce((earliest, move) => Math.min(earliest, move.start), end));
    const out = moves.flatMap((move) => move.pieces).filter((piece) => piece.level > 0).reduce((earliest, piece) => Math.min(earliest, piece.start), end);
    return { run: packed.run, percent: packed.percent, hours: packed.hours, nights: packed.nights, moves, first, opening: dayOf(out), last: dayOf(Math.max(0, end - 1)) };
  });
  const noonOf = (day) => (day - 1) * DAY + NOON - data.midnight;
  const two = (n) => String(n).padStart(2, '0');
  const clock = (minute) => { const m = (((data.midnight + minute) % DAY) + DAY) % DAY; return two(Math.floor(m / 60)) + ':' + two(m % 60); };
  const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
  const counted = (n, one, many) => grouped(n) + ' ' + (n === 1 ? one : many);

  const state = { run: runs[0], day: runs[0].first, minute: 0, playing: false, speed: 600, land: true, air: true, level: 0 };
  const from = () => noonOf(state.day);
  const pieceAt = (move, minute) => move.pieces.find((piece) => piece.start <= minute && minute < piece.end);
  const ofDay = () => state.run.moves.filter((move) => move.start < from() + DAY && move.end > from());
  const wanted = (move, piece) => (move.air ? state.air : state.land) && piece.level >= state.level;

  // Controls.
  const controls = byId('replay-controls');
  const play = html('button', { type: 'button', class: 'main' }, 'Play');
  const speed = html('select', { 'aria-label': 'Speed' });
  for (const times of [120, 300, 600, 1200]) speed.append(html('option', { value: times }, times + '×'));
  speed.value = String(state.speed);
  const slider = html('input', { type: 'range', min: 0, max: DAY - 1, step: 1, value: 0, 'aria-label': 'Time of the operating day' });
  const outline = svg('svg', { viewBox: '0 0 1440 60', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  const hours = html('div', { class: 'hours', 'aria-hidden': 'true' });
  for (let i = 0; i <= 8; i += 1) hours.append(html('span', {}, two((12 + 3 * i) % 24) + ':00'));
  const before = html('button', { type: 'button', 'aria-label': 'Day before' }, '‹');
  const after = html('button', { type: 'button', 'aria-label': 'Day after' }, '›');
  const dayChoice = html('select', { 'aria-label': 'Operating day, noon to noon' });
  const runChoice = html('select', { 'aria-label': 'Run' });
  runs.forEach((run, i) => runChoice.append(html('option', { value: i }, 'Run ' + run.run + ', P' + run.percent)));
  const check = (word, key) => {
    const box = html('input', { type: 'checkbox', checked: '' });
    box.addEventListener('change', () => { state[key] = box.checked; draw(); tell(); });
    return html('label', {}, box, ' ' + word);
  };
  const level = html('select', { 'aria-label': 'Class of exposure' });
  ['All classes', 'Low and more', 'Moderate and more', 'High and more', 'Highest only'].forEach((word, i) => level.append(html('option', { value: i }, word)));
  const showing = html('span', { id: 'replay-showing' });
  const button = (word, label, minutes) => {
    const made = html('button', { type: 'button', 'aria-label': label }, word);
    made.addEventListener('click', () => { pause(); move(minutes); tell(); });
    return made;
  };
  const row = (...inside) => html('div', { class: 'row' }, ...inside);
  controls.append(
    html('div', { class: 'slider' }, outline, slider, hours),
    row(still ? '' : play, still ? '' : speed, button('−1 h', 'One hour back', -60), button('−5 min', 'Five minutes back', -5),
      button('+5 min', 'Five minutes on', 5), button('+1 h', 'One hour on', 60), before, dayChoice, after, runChoice),
    row(check('Land', 'land'), check('Air', 'air'), level, showing),
  );

  // Drawing.
  const marks = byId('replay-marks'), lines = byId('replay-lines'), table = byId('replay-state'), list = byId('replay-list');
  const BOX = { left: 92, right: 536, top: 14, bottom: 268 };
  const left = data.columns.length ? data.columns[0][1] : 0;
  const right = data.columns.length ? data.columns[data.columns.length - 1][1] : 1;
  const across = (minute) => BOX.left + (minute - from()) / DAY * (BOX.right - BOX.left);
  const down = (x) => BOX.top + 8 + (right > left ? (x - left) / (right - left) : 0) * (BOX.bottom - BOX.top - 16);
  const now = svg('line', { class: 'now', y1: BOX.top, y2: BOX.bottom });
  let past = null;

  function where(piece, minute) {
    const share = (minute - piece.start) / (piece.end - piece.start);
    const x = piece.x0 + (piece.x1 - piece.x0) * share;
    if (piece.kind !== 'in flight') return [x, piece.y0 + (piece.y1 - piece.y0) * share];
    const a = (1 - share) * (1 - share), b = 2 * share * (1 - share), c = share * share;
    return [x, a * piece.y0 + b * (Math.min(piece.y0, piece.y1) - 110) + c * piece.y1];
  }

  function drawDay() {
    dayChoice.replaceChildren();
    for (let day = state.run.first; day <= state.run.last; day += 1) dayChoice.append(html('option', { value: day }, 'Day ' + day));
    dayChoice.value = String(state.day);
    runChoice.value = String(runs.indexOf(state.run));
    before.disabled = state.day <= state.run.first;
    after.disabled = state.day >= state.run.last;
    lines.replaceChildren();
    lines.append(svg('rect', { class: 'field', x: BOX.left, y: BOX.top, width: BOX.right - BOX.left, height: BOX.bottom - BOX.top }));
    for (const [dusk, dawn] of state.run.nights) {
      const a = Math.max(dusk, from()), b = Math.min(dawn, from() + DAY);
      if (a < b) lines.append(svg('rect', { class: 'night', x: across(a), y: BOX.top, width: across(b) - across(a), height: BOX.bottom - BOX.top }));
    }
    for (const [name, x] of data.columns) {
      lines.append(svg('line', { class: 'grid', x1: BOX.left, x2: BOX.right, y1: down(x), y2: down(x) }), svg('text', { class: 'tick end', x: BOX.left - 8, y: down(x) + 4 }, name));
    }
    for (let hour = 0; hour <= 24; hour += 6) lines.append(svg('text', { class: 'tick middle', x: across(from() + hour * 60), y: BOX.bottom + 20 }, two((12 + hour) % 24) + ':00'));
    const clip = svg('clipPath', { id: 'replay-past' });
    past = svg('rect', { x: BOX.left, y: 0, width: 0, height: 300 });
    clip.append(past);
    const toCome = svg('g', { class: 'to-come' }), been = svg('g', { 'clip-path': 'url(#replay-past)' });
    ofDay().forEach((one, i) => {
      const aside = (i % 6 - 2.5) * 2.2;
      for (const piece of one.pieces) {
        const a = Math.max(piece.start, from()), b = Math.min(piece.end, from() + DAY);
        if (a >= b) continue;
        const at = (minute) => down(where(piece, minute)[0]) + aside;
        const ends = { x1: across(a), x2: across(b), y1: at(a), y2: at(b) };
        toCome.append(svg('line', ends));
        been.append(svg('line', Object.assign({ class: 'c' + piece.level + (one.air ? ' air' : '') }, ends)));
      }
    });
    lines.append(clip, toCome, been, now);
    // Silhouette: exposed movements weighted by class.
    const weights = [];
    for (let minute = 0; minute <= DAY; minute += STEP) {
      weights.push(ofDay().reduce((sum, one) => { const piece = pieceAt(one, from() + minute); return sum + (piece ? piece.level : 0); }, 0));
    }
    const most = Math.max(1, ...weights);
    outline.replaceChildren(svg('path', { d: 'M0 60' + weights.map((weight, i) => 'L' + i * STEP + ' ' + (60 - 56 * weight / most)).join('') + 'L1440 60Z' }));
  }

  let present = [];
  function draw() {
    const minute = from() + state.minute;
    slider.value = String(state.minute);
    slider.setAttribute('aria-valuetext', clock(minute));
    now.setAttribute('x1', across(minute));
    now.setAttribute('x2', across(minute));
    past.setAttribute('width', Math.max(0, across(minute) - BOX.left));
    present = state.run.moves.map((one) => ({ one, piece: pieceAt(one, minute) })).filter((found) => found.piece);
    const taken = new Set();
    const land = { count: 0 }, air = { count: 0 };
    marks.replaceChildren(...present.map(({ one, piece }) => {
      const kind = one.air ? air : land;
      kind.count += 1;
      const name = (one.air ? 'A' : 'L') + kind.count;
      one.mark = name;
      let [x, y] = where(piece, minute);
      const cell = () => Math.round(x / 50) + ',' + Math.round(y / 26);
      for (let i = 0; i < 12 && taken.has(cell()); i += 1) y += 26;
      taken.add(cell());
      const group = svg('g', { class: 'mark c' + piece.level + (wanted(one, piece) ? '' : ' dim'), transform: 'translate(' + x.toFixed(1) + ' ' + y.toFixed(1) + ')' });
      group.append(svg('rect', { x: -24, y: -12, width: 48, height: 24, rx: 12 }), svg('text', { y: 6 }, name));
      return group;
    }));
    const some = (test) => present.filter(({ piece }) => test(piece));
    const people = (found) => found.reduce((sum, { one }) => sum + one.people, 0);
    const hour = state.run.hours[Math.max(0, Math.min(state.run.hours.length - 1, Math.floor(minute / 60)))];
    const line = (what, found) => [what, counted(found.length, 'movement', 'movements'), counted(people(found), 'person', 'people')];
    const rows = [
      line('Exposed', some((piece) => piece.level > 0)),
      line('Of them halted', some((piece) => piece.level > 0 && piece.kind !== 'moving')),
      line('At crossings', some((piece) => piece.kind.startsWith('border') || piece.kind === 're-form')),
      line('In flight', some((piece) => piece.kind === 'in flight')),
      ['At sites, on the hour', '', hour ? counted(hour[0], 'person', 'people') : ''],
      ['In hubs', '', hour ? counted(hour[2], 'person', 'people') : ''],
      ['Accepted so far', '', hour ? counted(hour[4], 'person', 'people') : ''],
    ];
    table.replaceChildren(...rows.map(([what, a, b]) => html('tr', {}, html('th', { scope: 'row' }, what), html('td', {}, a), html('td', {}, b))));
    byId('replay-now').textContent = 'State at ' + clock(minute);
    const shown = present.filter(({ one, piece }) => wanted(one, piece)).length;
    showing.textContent = 'Showing ' + shown + ' of ' + counted(present.length, 'movement', 'movements') + (shown < present.length ? '; the others are dimmed' : '');
  }

  // What is said in words changes only when the clock rests.
  function tell() {
    const minute = from() + state.minute;
    const exposed = present.filter(({ piece }) => piece.level > 0);
    const queued = present.filter(({ piece }) => piece.kind === 'border queue');
    const people = exposed.reduce((sum, { one }) => sum + one.people, 0);
    let title = 'At ' + clock(minute) + ', ';
    if (!exposed.length) title += 'nobody is exposed';
    else title += counted(exposed.length, 'movement is', 'movements are') + ' exposed, with ' + counted(people, 'person', 'people');
    if (queued.length) title += '; ' + counted(queued.length, 'waits', 'wait') + ' loaded at a crossing';
    byId('replay-title').textContent = title;
    const local = Math.floor((data.midnight + minute) / DAY) + 1;
    byId('replay-run').textContent = 'Run ' + state.run.run + ', at P' + state.run.percent + ' by days to completion. Operating day ' + state.day + ', noon to noon' + (local !== state.day ? ' (already day ' + local + ')' : '') + ', ' + data.zone + '. One run, not a schedule.';
    list.replaceChildren(
      html('thead', {}, html('tr', {}, ...['Mark', 'Movement', 'What', 'Where', 'Class', 'People'].map((head) => html('th', { scope: 'col' }, head)))),
      html('tbody', {}, ...present.map(({ one, piece }) => html('tr', {}, ...[one.mark, one.name, piece.kind, piece.place, CLASSES[piece.level], grouped(one.people)].map((cell) => html('td', {}, cell))))),
    );
  }

  function move(minutes) {
    let minute = state.minute + minutes;
    while (minute >= DAY && state.day < state.run.last) { minute -= DAY; setDay(state.day + 1); }
    while (minute < 0 && state.day > state.run.first) { minute += DAY; setDay(state.day - 1); }
    state.minute = Math.max(0, Math.min(DAY - 1, minute));
    draw();
  }
  function setDay(day) {
    state.day = Math.max(state.run.first, Math.min(state.run.last, day));
    drawDay();
  }
  function goDay(day) { setDay(day); draw(); if (!state.playing) tell(); }
  // The first instant of a day at which somebody is exposed.
  function begin() {
    const starts = ofDay().flatMap((one) => one.pieces.filter((piece) => piece.level > 0 && piece.end > from()).map((piece) => piece.start));
    return starts.length ? Math.max(0, Math.min(DAY - 1, Math.min(...starts) - from())) : 0;
  }

  let ticked = 0;
  function frame(time) {
    if (!state.playing) return;
    if (ticked) state.left = (state.left || 0) + (time - ticked) / 60000 * state.speed;
    ticked = time;
    const whole = Math.floor(state.left || 0);
    if (whole > 0) { state.left -= whole; move(whole); }
    if (state.day === state.run.last && state.minute >= DAY - 1) pause();
    requestAnimationFrame(frame);
  }
  function pause() {
    if (!state.playing) return;
    state.playing = false;
    play.textContent = 'Play';
    tell();
  }
  function toggle() {
    if (still) return;
    if (state.playing) { pause(); return; }
    state.playing = true;
    state.left = 0;
    ticked = 0;
    play.textContent = 'Pause';
    requestAnimationFrame(frame);
  }

  play.addEventListener('click', toggle);
  speed.addEventListener('change', () => { state.speed = Number(speed.value); });
  slider.addEventListener('input', () => { state.minute = Number(slider.value); draw(); });
  slider.addEventListener('change', () => { pause(); tell(); });
  before.addEventListener('click', () => goDay(state.day - 1));
  after.addEventListener('click', () => goDay(state.day + 1));
  dayChoice.addEventListener('change', () => goDay(Number(dayChoice.value)));
  runChoice.addEventListener('change', () => { state.run = runs[Number(runChoice.value)]; goDay(state.day); });
  level.addEventListener('change', () => { state.level = Number(level.value); draw(); tell(); });

  player.addEventListener('keydown', (event) => {
    const target = event.target;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (target.tagName === 'SELECT' || target.closest('.scroll')) return;
    if (event.key === ' ' && (target.tagName === 'BUTTON' || target.type === 'checkbox' || target.tagName === 'SUMMARY')) return;
    const step = event.shiftKey ? 60 : 5;
    const act = {
      ' ': toggle,
      ArrowLeft: () => move(-step), ArrowDown: () => move(-step), ArrowRight: () => move(step), ArrowUp: () => move(step),
      PageUp: () => goDay(state.day - 1), PageDown: () => goDay(state.day + 1),
      Home: () => move(-state.minute), End: () => move(DAY - 1 - state.minute),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
    if (!state.playing) tell();
  });
  player.tabIndex = 0;
  player.setAttribute('role', 'group');
  player.setAttribute('aria-label', 'Replay');

  // Deep link: #replay/run=412&day=6&t=21:54
  function follow() {
    const match = /^#replay\/(.*)$/.exec(location.hash);
    if (!match) return false;
    const asked = new URLSearchParams(match[1]);
    const run = runs.find((one) => String(one.run) === asked.get('run'));
    pause();
    if (run) state.run = run;
    setDay(Number.parseInt(asked.get('day') || state.day, 10) || state.run.first);
    const time = /^(\d\d?):(\d\d)$/.exec(asked.get('t') || '');
    state.minute = time ? (Number(time[1]) * 60 + Number(time[2]) - NOON + DAY) % DAY : begin();
    draw();
    tell();
    document.getElementById('replay').scrollIntoView({ behavior: 'instant' });
    return true;
  }
  const link = html('button', { type: 'button' }, 'Link to this instant');
  link.addEventListener('click', () => { location.hash = 'replay/run=' + state.run.run + '&day=' + state.day + '&t=' + clock(from() + state.minute); });
  controls.lastElementChild.append(link);
  addEventListener('hashchange', follow);
  if (!follow()) {
    setDay(state.run.opening);
    state.minute = begin();
    draw();
    tell();
  }
}());
