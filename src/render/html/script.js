// Copies, filters and sorts the factors, and past a thousand draws them, a page at a time. Without it they are there as
// far as the page holds them, worst first.
(() => {
  'use strict';
  const byId = (id) => document.getElementById(id);
  // Buttons that only this script can answer are shown from now on.
  document.documentElement.classList.add('scripted');

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Where a page may not use the clipboard it can still copy what is selected.
      const area = document.createElement('textarea');
      area.value = text;
      area.className = 'unseen';
      document.body.append(area);
      area.select();
      const copied = document.execCommand('copy');
      area.remove();
      return copied;
    }
  };
  document.addEventListener('click', async (event) => {
    const button = event.target.closest('button.copy');
    if (!button) return;
    const text = button.dataset.copy ?? `${location.href.split('#')[0]}#${button.closest('li').id}`;
    const copied = await copy(text);
    button.focus();
    button.classList.toggle('done', copied);
    byId('copied').textContent = copied ? `Copied ${text}` : `Could not copy ${text}`;
    setTimeout(() => button.classList.remove('done'), 2000);
  });

  const [tools, list, data, pages] = ['tools', 'factors', 'rows', 'pages'].map(byId);
  if (!tools || !list) return;
  const field = (name) => tools.elements.namedItem(name);

  // A row of data as an element: what `factors.rs` writes.
  const make = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };
  // A sentence is a text; or words and names in turns, where names are read in a direction of their own.
  const said = (text) => (Array.isArray(text) ? text.map((one, at) => (at % 2 ? make('bdi', {}, one) : one)) : [text]);
  const plain = (text) => (Array.isArray(text) ? text.join('') : text);
  const whole = tools.dataset.whole;
  const folded = (row) => {
    const parts = [];
    if (row.sum.length) {
      const lines = row.sum.map(([words, amount], at) => make(
        'tr', at + 1 === row.sum.length ? { class: 'total' } : {}, make('th', { scope: 'row' }, words), make('td', { class: 'number' }, amount),
      ));
      parts.push(make('table', {}, make('tbody', {}, ...lines)));
    }
    const pairs = [
      ['Share', `${row.share} of ${whole} points`], ['Kind', row.group], ['Squad', row.squad], ['Guild', row.guild],
      ['Debt since', row.onset && row.onset[1]], ['Written in', row.place],
    ].filter(([, value]) => value !== undefined);
    const told = pairs.flatMap(([name, value]) => [make('dt', {}, name), make('dd', name === 'Written in' ? { class: 'code' } : {}, value)]);
    return [...parts, make('dl', { class: 'pairs' }, ...told)];
  };
  const element = (row) => {
    const [first, ...more] = row.facts;
    const body = make('div', {}, make('h3', {}, ...said(first)));
    if (more.length) body.append(make('ul', { class: 'evidence' }, ...more.map((fact) => make('li', {}, ...said(fact)))));
    const remedy = make('p', { class: 'remedy' });
    if (row.who !== undefined) remedy.append(make('strong', {}, make('bdi', {}, row.who)), ': ');
    remedy.append(...said(row.remedy));
    if (row.minutes > 0) remedy.append(' ', make('span', { class: 'soft' }, `About ${row.takes}.`));
    body.append(remedy);
    if (row.noted) body.append(make('p', { class: 'noted' }, `Acknowledged through ${row.noted[0]}: `, make('bdi', {}, row.noted[1])));
    const button = (label, name, more) => make('button', { type: 'button', class: 'copy', ...more, 'aria-label': name }, label);
    body.append(make(
      'p', { class: 'handles' }, make('a', { class: 'code', href: `#${row.at}` }, row.id), ' ',
      button('Copy link', `Copy link to ${row.id}`, {}), ' ', button('Copy id', `Copy id ${row.id}`, { 'data-copy': row.id }),
    ));
    const details = make('details', {}, make(
      'summary', {}, `How ${row.points} comes about`, make('span', { class: 'soft' }, ` \u00B7 ${row.code} ${row.rule}`),
    ));
    // What is folded away is made when it is unfolded.
    details.addEventListener('toggle', () => details.append(...folded(row)), { once: true });
    body.append(details);
    const amount = make('p', { class: 'amount' }, row.points, make('small', {}, 'points'));
    return make('li', { id: row.at }, amount, body);
  };

  // Both are looked at alike: elements that are there, and rows that become elements when they are shown.
  const ofNode = (node, at) => {
    const { mp, minutes, interest, onset, group, code, squad, guild, owner } = node.dataset;
    const texts = node.querySelectorAll('h3, .evidence, .remedy, .noted, .handles a, summary span');
    return {
      at, id: node.id, mp: Number(mp), minutes: Number(minutes), interest: Number(interest || 0), onset, group, rule: code, squad, guild, owner,
      who: node.querySelector('.remedy > strong')?.textContent, ack: node.querySelector('.noted') ? 'yes' : 'no',
      words: () => Array.from(texts, (one) => one.textContent).join('\n'), element: () => node,
    };
  };
  const ofRow = (row, at) => ({
    at, id: row.at, mp: row.mp, minutes: row.minutes, interest: row.interest || 0, onset: row.onset && row.onset[0], group: row.group,
    rule: row.code, squad: row.squad, guild: row.guild, owner: row.owner, who: row.who, ack: row.noted ? 'yes' : 'no',
    words: () => [...row.facts.map(plain), row.who || '', plain(row.remedy), row.id, row.rule, row.noted ? row.noted[1] : ''].join('\n'),
    element: () => element(row),
  });
  const { fields, rows } = data ? JSON.parse(data.textContent) : { fields: {} };
  const items = rows ? rows.map(ofRow) : Array.from(list.children, ofNode);
  const most = data ? Number(list.dataset.page) : items.length;
  const text = (item) => (item.text ??= item.words().toLowerCase());
  const prepare = (from) => {
    const to = Math.min(from + 500, items.length);
    for (let at = from; at < to; at += 1) text(items[at]);
    if (to < items.length) later(() => prepare(to));
  };
  const later = window.requestIdleCallback || ((then) => setTimeout(then, 50));

  // 1234567 thousandths as the page writes them.
  const gap = tools.dataset.thousand.slice(1, -5);
  const points = (mp) => (Math.round(mp / 100) / 10).toFixed(1).replace(/\B(?=(\d{3})+\.)/g, gap);
  const count = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, gap);
  const all = items.reduce((sum, item) => sum + item.mp, 0);

  // What has no value comes behind what has one; ties stay worst first.
  const by = (value, compare) => (a, b) => {
    const [x, y] = [value(a), value(b)];
    if (!x || !y) return !x - !y || a.at - b.at;
    return compare(x, y) || a.at - b.at;
  };
  const { compare } = new Intl.Collator();
  const orders = {
    '': (a, b) => a.at - b.at,
    '=time': by((item) => item.interest, (x, y) => y - x),
    '=oldest': by((item) => item.onset, (x, y) => (x < y ? -1 : Number(x > y))),
    '=quickest': by((item) => item.minutes, (x, y) => x - y),
    '=owner': by((item) => item.who, compare),
  };

  // The owner is found by id or whole name, else by a part of the name; the field suggests names.
  const names = new Map();
  for (const { who, owner } of items) if (who) names.set(who, owner);
  const sortedNames = [...names.keys()].sort(compare);
  const ids = new Set(names.values());
  const suggest = () => {
    const typed = field('owner').value.toLowerCase();
    const fitting = sortedNames.filter((name) => name.toLowerCase().includes(typed)).slice(0, 50);
    byId('owners').replaceChildren(...fitting.map((name) => make('option', { value: name })));
  };
  const owns = (typed) => {
    if (ids.has(typed)) return (item) => item.owner === typed;
    if (names.has(typed)) return (item) => item.who === typed;
    const part = typed.toLowerCase();
    return (item) => (item.who || 'nobody').toLowerCase().includes(part);
  };

  const CHOICES = ['group', 'rule', 'squad', 'guild', 'ack'];
  const FIELDS = ['find', 'owner', ...CHOICES, 'order'];
  let [page, order, sorted, shown] = [0, '', items, items];
  const value = (name) => (field(name) ? field(name).value : '');
  const select = () => {
    if (order !== value('order')) {
      order = value('order');
      sorted = items.slice().sort(orders[order]);
    }
    const wanted = CHOICES.filter((name) => value(name)).map((name) => [name, value(name).slice(1)]);
    const tests = wanted.map(([name, key]) => (item) => (item[name] || '') === key);
    const owner = value('owner').trim();
    if (owner) tests.push(owns(owner));
    for (const word of value('find').toLowerCase().split(/\s+/).filter(Boolean)) tests.push((item) => text(item).includes(word));
    shown = tests.length ? sorted.filter((item) => tests.every((test) => test(item))) : sorted;
    page = 0;
  };
  const draw = () => {
    const from = page * most;
    list.replaceChildren(...shown.slice(from, from + most).map((item) => item.element()));
  };
  const tell = () => {
    const sum = shown.reduce((so, item) => so + item.mp, 0);
    tools.querySelector('[type=reset]').hidden = !chosen();
    field('status').value = `${count(shown.length)} of ${count(items.length)} shown, ${points(sum)} of ${points(all)} points`;
    if (!pages) return;
    const [from, to] = [page * most, Math.min((page + 1) * most, shown.length)];
    pages.hidden = shown.length <= most;
    pages.querySelector('span').textContent = `${count(from + 1)}\u2013${count(to)} of ${count(shown.length)}`;
    const [back, on] = pages.querySelectorAll('button');
    back.disabled = page === 0;
    on.disabled = to === shown.length;
  };
  const show = () => {
    select();
    draw();
    tell();
  };

  // The address keeps what is chosen. Typing changes it when it pauses, since browsers allow few changes a second.
  let waiting;
  const keep = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const chosen = FIELDS.filter((name) => value(name)).map((name) => [name, name === 'find' || name === 'owner' ? value(name) : value(name).slice(1)]);
      const address = location.href.split('#')[0];
      history.replaceState(null, '', chosen.length ? `${address}#${new URLSearchParams(chosen)}` : address);
    }, 200);
  };
  const fill = (chosen) => {
    for (const name of FIELDS.filter(field)) {
      const typed = name === 'find' || name === 'owner';
      if (!typed && chosen.has(name)) complete(name);
      field(name).value = chosen.has(name) ? `${typed ? '' : '='}${chosen.get(name)}` : '';
      // What no option says any more is no filter.
      if (field(name).value === '' && !typed) field(name).selectedIndex = 0;
    }
  };
  // Fields with very many options get them when somebody goes there, or an address names one.
  const complete = (name) => {
    const options = fields[name] || [];
    delete fields[name];
    field(name).append(...options.map(([key, label]) => make('option', { value: `=${key}` }, label)));
  };
  for (const name of Object.keys(fields)) {
    for (const event of ['focus', 'pointerdown']) field(name).addEventListener(event, () => complete(name));
  }
  const chosen = () => FIELDS.some((name) => value(name));
  // A factor is shown wherever it is in the list, whatever was filtered out.
  const goTo = (id) => {
    if (!shown.some((item) => item.id === id)) {
      if (!items.some((item) => item.id === id)) return;
      fill(new URLSearchParams());
      show();
    }
    page = Math.floor(shown.findIndex((item) => item.id === id) / most);
    if (!byId(id)) {
      draw();
      tell();
    }
    for (const node of list.querySelectorAll('.found')) node.classList.remove('found');
    const node = byId(id);
    node.classList.add('found');
    node.tabIndex = -1;
    node.focus({ preventScroll: true });
    node.scrollIntoView();
  };
  const follow = () => {
    const fragment = location.hash.slice(1);
    if (fragment.startsWith('factor-')) goTo(fragment);
    else if (fragment.includes('=')) {
      fill(new URLSearchParams(fragment));
      show();
      byId('all').scrollIntoView();
    } else if (fragment === '' && chosen()) {
      fill(new URLSearchParams());
      show();
    }
  };

  tools.addEventListener('submit', (event) => event.preventDefault());
  tools.addEventListener('input', (event) => {
    if (event.target.name === 'paper') {
      document.documentElement.classList.toggle('paper', event.target.checked);
      return;
    }
    if (event.target.name === 'owner') suggest();
    show();
    keep();
  });
  tools.addEventListener('reset', (event) => {
    event.preventDefault();
    fill(new URLSearchParams());
    show();
    keep();
  });
  field('owner')?.addEventListener('focus', suggest);
  pages?.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    page += Number(button.value);
    draw();
    tell();
    byId('all').scrollIntoView();
  });
  // Links in tables show only that part of the list.
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-filter]');
    if (!link) return;
    event.preventDefault();
    location.hash = new URLSearchParams([[link.dataset.filter, link.dataset.value]]);
  });
  addEventListener('hashchange', follow);
  tools.hidden = false;
  tell();
  follow();
  later(() => prepare(0));
})();
