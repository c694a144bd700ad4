(() => {
  const form = document.querySelector('form.filter');
  const tables = [...document.querySelectorAll('.matrix')];
  const subjects = [...form.elements.subject.options].slice(1).map(option => option.value);

  function fits(row, data, words) {
    const verdicts = row.dataset.verdicts.split(' ');
    const at = subjects.indexOf(data.get('subject'));
    const asked = at < 0 ? verdicts : [verdicts[at]];
    const is = name => data.get(name) === '*' || row.dataset[name].split(' ').includes(data.get(name))
        || row.dataset[name] === data.get(name);
    const text = row.firstElementChild.textContent.toLowerCase();
    return is('set') && is('family') && is('destination')
        && (data.get('verdict') === '*' ? asked.some(v => v !== '-') : asked.includes(data.get('verdict')))
        && (!data.has('differ') || row.dataset.differs === 'true')
        && words.every(word => text.includes(word));
  }

  function filter() {
    const data = new FormData(form);
    const words = data.get('text').toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    let all = 0;
    tables.forEach(table => {
      table.hidden = table.dataset.rows !== data.get('rows');
      [...table.tBodies].forEach(body => {
        const rows = [...body.querySelectorAll('tr.row')];
        rows.forEach(row => { row.hidden = !fits(row, data, words); });
        const left = rows.filter(row => !row.hidden).length;
        body.hidden = left === 0;
        if (!table.hidden) {
          shown += left;
          all += rows.length;
        }
      });
    });
    form.querySelector('output').textContent = shown + ' of ' + all;
    document.querySelector('.nothing').hidden = shown > 0;
  }

  function unfold() {
    const section = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (section && section.matches('details')) {
      section.open = true;
      section.scrollIntoView();
    }
  }

  form.hidden = false;
  form.addEventListener('input', filter);
  form.addEventListener('submit', event => event.preventDefault());
  window.addEventListener('hashchange', unfold);
  filter();
  unfold();
})();
