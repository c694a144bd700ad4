package io.github.tracingharness.server.page;

/** The style sheet of the page, for light and dark screens. */
final class Style {

  static final String TEXT = """
      *{box-sizing:border-box}
      :root{--fg:#1d2430;--bg:#fff;--dim:#5c6675;--line:#e3e7ed;--lane:#f1f4f8;\
      --ok:#2f7de1;--error:#c4342b;--open:#b07d00}
      @media(prefers-color-scheme:dark){:root{--fg:#dfe5ee;--bg:#14181f;--dim:#9aa6b6;\
      --line:#2b3442;--lane:#1f2631;--ok:#5a9cf0;--error:#ef6a60;--open:#d9a520}}
      body{font:14px/1.45 system-ui,sans-serif;margin:0 auto;padding:24px;max-width:1200px;\
      color:var(--fg);background:var(--bg)}
      h1{font-size:19px;margin:0}h2{font-size:15px;margin:26px 0 6px}
      h2 small,.note,.id,.when,.type,th,.axis,.about summary{color:var(--dim);font-weight:400}
      .note{margin:4px 0}a{color:var(--ok)}
      summary{display:flex;align-items:center;gap:10px;cursor:pointer;list-style:none;padding:4px 6px}
      summary::-webkit-details-marker{display:none}
      summary:hover{background:var(--lane)}
      .trace{border-top:1px solid var(--line)}.trace[open]>summary{background:var(--lane)}
      section>.trace:last-of-type{border-bottom:1px solid var(--line)}
      .dot{flex:none;width:10px;height:10px;border-radius:50%}
      .tname{flex:1;font-weight:600;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
      .id{flex:0 1 300px;font:12px ui-monospace,monospace;overflow:hidden;text-overflow:ellipsis;\
      white-space:nowrap}
      .num{flex:0 0 76px;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
      .when{flex:0 0 186px;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
      .state{flex:0 0 96px;font-size:12px}.state.error{color:var(--error);background:none;font-weight:600}
      .state.ok,.state.open{background:none;color:var(--dim)}
      .sname::before,.tname::before,.about summary::before{content:"\\25b8";display:inline-block;\
      width:14px;color:var(--dim);font-weight:400}
      [open]>summary .sname::before,[open]>summary .tname::before,.about[open] summary::before\
      {content:"\\25be"}
      .body{padding:4px 0 14px 16px}
      .axis{display:flex;justify-content:space-between;font-size:11px;\
      margin:2px 92px 2px calc(34% + 100px)}
      .span>summary{padding:2px 6px}
      .sname{flex:0 0 34%;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
      .type{flex:0 0 78px;font-size:11px;overflow:hidden;text-overflow:ellipsis}
      .lane{flex:1;position:relative;height:16px;background:var(--lane);border-radius:3px}
      summary:hover .lane,.trace[open]>summary:hover{background:var(--line)}
      .bar{position:absolute;top:3px;height:10px;min-width:3px;border-radius:3px}
      .ok{background:var(--ok)}.error{background:var(--error)}.open{background:var(--open)}
      table{border-collapse:collapse;margin:2px 0 10px 24px;max-width:100%}
      td,th{text-align:left;padding:2px 14px 2px 0;vertical-align:top;white-space:nowrap}
      pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0;font:12px/1.5 ui-monospace,monospace}
      @media(max-width:760px){.id,.when,.type,.state{display:none}.axis{margin-left:calc(34% + 16px)}}
      """;

  private Style() {}
}
