// Filters and sorts the factors. Without it the whole list stands there, worst first.
(() => {
  'use strict';
  const tools = document.getElementById('tools');
  const list = document.getElementById('factors');
  if (!tools || !list) return;
  const part = (name) => tools.elements.namedItem(name);
  const status = part('status');
  const items = Array.from(list.children, (node, at) => ({ node, at, data: node.dataset, mp: Number(node.dataset.mp) }));
  const all = items.reduce((sum, item) => sum + item.mp, 0);
  const points = (mp) => (Math.round(mp / 100) / 10).toFixed(1);
  // What has no value stands behind what has one; ties keep the order worst first.
  const by = (key, compare) => (a, b) => {
    const [x, y] = [a.data[key] || '', b.data[key] || ''];
    if (x === '' || y === '') return (x === '') - (y === '') || a.at - b.at;
    return compare(x, y) || a.at - b.at;
  };
  const orders = {
    worst: (a, b) => a.at - b.at,
    time: by('interest', (x, y) => Number(y) - Number(x)),
    oldest: by('onset', (x, y) => (x < y ? -1 : Number(x > y))),
    quickest: by('minutes', (x, y) => Number(x) - Number(y)),
    owner: by('owner', (x, y) => x.localeCompare(y)),
  };
  const text = (item) => {
    if (item.text === undefined) item.text = item.node.textContent.toLowerCase();
    return item.text;
  };
  const show = () => {
    const words = part('words').value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = ['group', 'squad'].map((name) => [name, part(name)]).filter(([, field]) => field && field.value);
    let count = 0;
    let sum = 0;
    for (const item of items) {
      const fits = wanted.every(([name, field]) => `=${item.data[name] || ''}` === field.value)
        && words.every((word) => text(item).includes(word));
      item.node.hidden = !fits;
      if (fits) {
        count += 1;
        sum += item.mp;
      }
    }
    status.value = `${count} of ${items.length} shown, ${points(sum)} of ${points(all)} points`;
  };
  const sort = () => {
    const sorted = items.slice().sort(orders[part('order').value] || orders.worst);
    list.append(...sorted.map((item) => item.node));
  };
  tools.addEventListener('submit', (event) => event.preventDefault());
  tools.addEventListener('input', show);
  part('order').addEventListener('change', sort);
  tools.hidden = false;
  // A browser that comes back to the page fills in what was chosen before.
  sort();
  show();
  // Paper shows what is folded away; browsers that know `::details-content` need no help for it.
  let unfolded = [];
  addEventListener('beforeprint', () => {
    unfolded = Array.from(document.querySelectorAll('details:not([open])'));
    for (const one of unfolded) one.open = true;
  });
  addEventListener('afterprint', () => {
    for (const one of unfolded) one.open = false;
  });
})();
