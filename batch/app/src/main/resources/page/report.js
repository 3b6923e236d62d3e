'use strict';
(async () => {
  const get = id => document.getElementById(id);
  const packed = Uint8Array.from(atob(get('data').textContent.trim()), c => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  const data = JSON.parse(await new Response(stream).text());
  const order = new Intl.Collator('en', {numeric: true}).compare;
  const PAGE = 200;
  const number = new Intl.NumberFormat('en');
  // A row: key, status, cause, path, message, state (0 open, 1 accepted, 2 new), fingerprint.
  const all = data.rows, causes = data.causes;
  let shown = [], drawn = 0, by = -1, down = false;
  causes.forEach((cause, i) => get('cause').add(new Option(cause, i)));
  const tables = [...new Set(data.tableOf)].sort(order);
  tables.forEach(table => get('table').add(new Option(table === '' ? 'In no table' : table, '=' + table)));
  get('table').hidden = tables.length < 2 && tables[0] === '';
  data.kinds.forEach(kind => get('kind').add(new Option(kind, kind)));
  const cell = (row, text, code) => {
    const td = row.insertCell();
    const holder = code ? td.appendChild(document.createElement('code')) : td;
    holder.textContent = text;
    return holder;
  };
  const draw = () => {
    const body = get('rows').tBodies[0];
    for (const end = Math.min(shown.length, drawn + PAGE); drawn < end; drawn++) {
      const [key, status, cause, path, message, state, print] = shown[drawn];
      const row = body.insertRow();
      row.id = print;
      const link = document.createElement('a');
      link.href = '#' + print;
      link.textContent = key === '' ? '(empty)' : key;
      row.insertCell().appendChild(document.createElement('code')).appendChild(link);
      cell(row, status);
      cell(row, path, true);
      cell(row, message, true);
      cell(row, ['', 'accepted', 'new'][state]);
    }
    get('more').hidden = drawn >= shown.length;
  };
  const select = () => {
    const text = get('search').value.toLowerCase(), cause = get('cause').value, table = get('table').value, kind = get('kind').value, state = get('state').value;
    shown = all.filter(row =>
      (cause === '' || row[2] === Number(cause)) && (table === '' || '=' + data.tableOf[row[2]] === table) && (kind === '' || data.kindOf[row[2]] === kind) && (state === '' || (state === '0' ? row[5] !== 1 : String(row[5]) === state))
      && (text === '' || (row[0] + '\n' + row[3] + '\n' + row[4]).toLowerCase().includes(text)));
    if (by >= 0) shown.sort((a, b) => (down ? -1 : 1) * order(String(a[by]), String(b[by])));
    get('rows').tBodies[0].replaceChildren();
    drawn = 0;
    draw();
    get('count').textContent = number.format(shown.length) + ' of ' + number.format(all.length) + (all.length === 1 ? ' finding' : ' findings');
  };
  const follow = () => {
    const print = location.hash.slice(1);
    const found = print === '' ? undefined : all.find(row => row[6] === print);
    if (!found) return;
    get('search').value = found[0];
    ['cause', 'table', 'kind', 'state'].forEach(id => get(id).value = '');
    select();
    const row = get(print);
    if (row) row.scrollIntoView({block: 'center'});
  };
  ['search', 'cause', 'table', 'kind', 'state'].forEach(id => get(id).addEventListener('input', select));
  get('rows').tHead.querySelectorAll('button').forEach(button => button.addEventListener('click', () => {
    const column = Number(button.dataset.column);
    down = by === column && !down;
    by = column;
    get('rows').tHead.querySelectorAll('th').forEach(th => th.removeAttribute('aria-sort'));
    button.closest('th').setAttribute('aria-sort', down ? 'descending' : 'ascending');
    select();
  }));
  document.querySelectorAll('[data-cause]').forEach(link => link.addEventListener('click', event => {
    event.preventDefault();
    get('cause').value = link.dataset.cause;
    select();
    get('findings').scrollIntoView();
  }));
  get('more').addEventListener('click', draw);
  new IntersectionObserver(seen => { if (seen[0].isIntersecting) draw(); }).observe(get('more'));
  addEventListener('hashchange', follow);
  select();
  follow();
  document.body.dataset.ready = 'true';
})();
