// What the page can do beyond being read: theme, sorted tables, pictures as PNG, everything open on paper. Nothing here is needed to read it.
(function () {
  'use strict';
  const root = document.documentElement;
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  function element(name, attributes, text) {
    const made = document.createElement(name);
    for (const key of Object.keys(attributes || {})) made.setAttribute(key, attributes[key]);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // Theme: that of the system until somebody chooses.
  const system = matchMedia('(prefers-color-scheme: dark)');
  const toggle = document.getElementById('theme');
  const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : system.matches;
  const showTheme = () => { toggle.textContent = isDark() ? 'Light' : 'Dark'; toggle.setAttribute('aria-label', toggle.textContent + ' colours'); };
  toggle.hidden = false;
  toggle.addEventListener('click', () => { root.dataset.theme = isDark() ? 'light' : 'dark'; showTheme(); });
  system.addEventListener('change', showTheme);
  showTheme();

  // Sorting: a button in each heading; ties keep the order of the file.
  for (const table of all('table.sortable')) {
    const body = table.tBodies[0];
    const rows = Array.from(body.rows);
    const heads = all('thead th', table);
    heads.forEach((head, column) => {
      const button = element('button', { type: 'button' }, head.textContent);
      head.textContent = '';
      head.append(button);
      button.addEventListener('click', () => {
        const down = head.getAttribute('aria-sort') === 'ascending';
        heads.forEach((other) => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const key = (row) => row.cells[column].textContent.trim();
        const sorted = rows.slice().sort((a, b) => (down ? -1 : 1) * key(a).localeCompare(key(b), 'en', { numeric: true }));
        body.append(...sorted);
      });
    });
  }

  // Pictures: the wide one in light colours, whatever is shown, with the faces inside.
  const faces = (all('style')[0].textContent.match(/@font-face\{[^}]*\}/g) || []).join('');
  function png(figure) {
    const svg = figure.querySelector('.wide.light svg').cloneNode(true);
    const style = document.createElementNS('http://www.w3.org/2000/svg', 'style');
    style.textContent = faces;
    svg.prepend(style);
    const image = new Image();
    const drawn = new Promise((resolve, reject) => {
      image.onerror = () => reject(new Error('the picture cannot be drawn here'));
      image.onload = () => {
        const canvas = element('canvas', { width: 1920, height: 1080 });
        canvas.getContext('2d').drawImage(image, 0, 0, 1920, 1080);
        resolve(canvas);
      };
    });
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(new XMLSerializer().serializeToString(svg));
    return drawn;
  }
  const blob = (canvas) => new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  for (const figure of all('figure.chart')) {
    const tools = element('div', { class: 'tools' });
    const said = element('span', { role: 'status' });
    const say = (text) => { said.textContent = text; };
    const copy = element('button', { type: 'button' }, 'Copy PNG');
    copy.addEventListener('click', () => {
      const item = new ClipboardItem({ 'image/png': png(figure).then(blob) });
      navigator.clipboard.write([item]).then(() => say('Copied.'), () => say('This browser does not let a page copy pictures.'));
    });
    const save = element('button', { type: 'button' }, 'Save PNG');
    save.addEventListener('click', () => {
      png(figure).then((canvas) => {
        element('a', { href: canvas.toDataURL('image/png'), download: figure.dataset.name + '.png' }).click();
        say('Saved.');
      }, (error) => say(error.message));
    });
    if (window.ClipboardItem && navigator.clipboard) tools.append(copy);
    tools.append(save, said);
    figure.querySelector('figcaption').before(tools);
  }

  // On paper everything is open.
  let closed = [];
  addEventListener('beforeprint', () => { closed = all('details:not([open])'); closed.forEach((one) => { one.open = true; }); });
  addEventListener('afterprint', () => { closed.forEach((one) => { one.open = false; }); });

  // The navigation says where the reader is.
  const links = all('.bar nav a');
  const sections = links.map((link) => document.querySelector(link.getAttribute('href')));
  if ('IntersectionObserver' in window) {
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        links.forEach((link, i) => {
          if (sections[i] === entry.target) link.setAttribute('aria-current', 'true');
          else link.removeAttribute('aria-current');
        });
      }
    }, { rootMargin: '-20% 0px -75% 0px' });
    sections.forEach((section) => seen.observe(section));
  }
}());
