-- Neovim as a real client of `debt lsp`: run headless by tests/it/lsp/neovim.rs, which puts a portfolio beside it.
local file, program = vim.env.PORTFOLIO, vim.env.DEBT
local function fail(what) io.stderr:write(what .. "\n") vim.cmd("cquit") end
local function check(ok, what) if not ok then fail("failed: " .. what) end end
local function wait(what, done) if not vim.wait(20000, done, 20) then fail("nothing came: " .. what) end end

vim.cmd("edit " .. vim.fn.fnameescape(file))
local buffer = vim.api.nvim_get_current_buf()
local config = {name = "debt", cmd = {program, "lsp"}, root_dir = vim.fn.fnamemodify(file, ":h")}
if vim.lsp.start then
  vim.lsp.start(config)
else
  -- Before 0.8.
  vim.lsp.buf_attach_client(buffer, vim.lsp.start_client(config))
end
local client
wait("the server", function()
  client = (vim.lsp.get_clients or vim.lsp.get_active_clients)()[1]
  return client and client.initialized
end)
check(client.server_capabilities.hoverProvider, "capabilities")

local function ask(method, params)
  local answer
  vim.lsp.buf_request(buffer, method, params, function(err, result)
    answer = {err = err, result = result}
  end)
  wait(method, function() return answer ~= nil end)
  check(not answer.err, method .. ": " .. vim.inspect(answer.err))
  return answer.result
end
-- The cursor behind the beginning of a text.
local function go(text)
  vim.fn.cursor(1, 1)
  check(vim.fn.search("\\V" .. text, "e") > 0, "no " .. text)
end
local function here() return vim.lsp.util.make_position_params(0, client.offset_encoding) end
local function lines() return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n") end
local function apply(edit) vim.lsp.util.apply_workspace_edit(edit, client.offset_encoding or "utf-16") end
local function codes()
  return vim.tbl_map(function(one) return one.code end, vim.diagnostic.get(buffer))
end

wait("diagnostics", function() return vim.tbl_contains(codes(), "D102") end)
for _, one in ipairs(vim.diagnostic.get(buffer)) do
  if one.code == "D102" then
    check(one.severity == vim.diagnostic.severity.INFO and one.source == "debt", "a factor is information")
  end
end

go("owner: bo, with: cy, ev")
local hover = ask("textDocument/hover", here())
check(hover.contents.value:find("D102 unlabelled-1on1", 1, true), "hover shows the factor")

go("with: c")
local definition = ask("textDocument/definition", here())
definition = definition.uri and definition or definition[1]
check(definition.range.start.line == 4, "the definition of cy")
local references = here()
references.context = {includeDeclaration = true}
check(#ask("textDocument/references", references) == 4, "everything that names cy")

local symbols = ask("textDocument/documentSymbol", {textDocument = vim.lsp.util.make_text_document_params()})
check(symbols[3].name == "people" and symbols[3].children[1].name == "bo", "symbols")
check(#ask("textDocument/codeLens", {textDocument = vim.lsp.util.make_text_document_params()}) == 1, "lenses")

-- A half-typed line, in the buffer only, behind an emoji and Chinese characters.
go("name: 李雷")
vim.api.nvim_feedkeys("A", "n", false)
vim.api.nvim_buf_set_lines(buffer, 5, 5, false, {"  - {id: 😀, squad: "})
vim.api.nvim_win_set_cursor(0, {6, #"  - {id: 😀, squad: " - 1})
local at = here()
at.position.character = vim.str_utfindex and select(2, vim.str_utfindex("  - {id: 😀, squad: ")) or at.position.character
local items = ask("textDocument/completion", at)
check(#items == 1 and items[1].label == "ledger", "completion of a squad: " .. vim.inspect(items))
wait("an error while typing", function()
  return #vim.diagnostic.get(buffer, {severity = vim.diagnostic.severity.ERROR}) > 0
end)
vim.api.nvim_buf_set_lines(buffer, 5, 6, false, {})
wait("no error any more", function()
  return #vim.diagnostic.get(buffer, {severity = vim.diagnostic.severity.ERROR}) == 0 and #codes() > 0
end)

go("with: c")
local renamed = here()
renamed.newName = "cyrus"
apply(ask("textDocument/rename", renamed))
check(lines():find("id: cyrus, name: 李雷", 1, true), "the id")
check(lines():find("aliases: [cy]", 1, true), "the old id as an alias")
check(not lines():find("with: cy,", 1, true) and lines():find("with: cyrus,", 1, true), "every use")

wait("the factor after the rename", function() return vim.tbl_contains(codes(), "D102") end)
go("id: bo-cy")
local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
params.context = {diagnostics = {}}
local actions = ask("textDocument/codeAction", params)
check(#actions >= 3, "actions: " .. vim.inspect(actions))
local chosen
for _, action in ipairs(actions) do
  if action.title:find(": craft", 1, true) then chosen = action end
end
check(chosen, "an action to label it craft")
if not chosen.edit then chosen = ask("codeAction/resolve", chosen) end
apply(chosen.edit)
check(lines():find("{id: bo-cy, owner: bo, with: cyrus, purpose: craft,", 1, true), "the deed: " .. lines())
wait("no factor any more", function() return #codes() > 0 and not vim.tbl_contains(codes(), "D102") end)

-- It ends when the editor does.
client.stop()
wait("the end", function() return client.is_stopped() end)
print("all of it")
vim.cmd("qall!")
