(() => {
  const form = document.querySelector('form.filter');
  const rows = [...document.querySelectorAll('.overview tbody tr')];
  const sections = new Map(
      [...document.querySelectorAll('details.case')].map(d => [d.dataset.case, d]));
  const texts = rows.map(row => row.textContent.toLowerCase());

  function filter() {
    const data = new FormData(form);
    const words = data.get('text').toLowerCase().split(/\s+/).filter(Boolean);
    const verdict = data.get('verdict');
    const is = (row, name) => !data.has(name) || data.get(name) === '*' || row.dataset[name] === data.get(name);
    let shown = 0;
    rows.forEach((row, i) => {
      const fits = (verdict === 'all' || row.dataset.verdict === verdict)
          && (data.get('family') === 'all families' || row.dataset.family === data.get('family'))
          && is(row, 'set') && is(row, 'destination')
          && words.every(word => texts[i].includes(word));
      row.hidden = !fits;
      sections.get(row.dataset.case).hidden = !fits;
      shown += fits ? 1 : 0;
    });
    form.querySelector('output').textContent = shown === rows.length ? '' : shown + ' of ' + rows.length;
    document.querySelector('.nothing').hidden = shown > 0;
  }

  function unfold() {
    const section = sections.get(decodeURIComponent(location.hash.slice(1)));
    if (section) {
      section.hidden = false;
      section.open = true;
      section.scrollIntoView();
    }
  }

  form.hidden = false;
  form.addEventListener('input', filter);
  form.addEventListener('submit', event => event.preventDefault());
  window.addEventListener('hashchange', unfold);
  window.addEventListener('beforeprint', () => sections.forEach(section => {
    if (!section.querySelector('summary > .badge.PASS')) {
      section.open = true;
    }
  }));
  filter();
  unfold();
})();
