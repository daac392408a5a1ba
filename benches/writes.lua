-- Posts mutations of one row each, and counts those that were not executed.
-- wrk … -s writes.lua URL -- FILE RUN THREADS EXECUTED
--
-- FILE: a template of the body, the value of `Authorization` or nothing, then a row per line: id, version, month and new id.
-- RUN tells the idempotency keys of runs apart. EXECUTED is what the answer to each mutation that was executed has.

dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "load.lua")

function init(arguments)
  local lines, threads = io.lines(arguments[1]), tonumber(arguments[3])
  run, executed = arguments[2] .. "-" .. number, arguments[4]
  -- Other values in each run: an input that changes nothing is refused.
  local seed = 0
  for character in run:gmatch(".") do seed = (seed * 31 + character:byte()) % 2147483647 end
  math.randomseed(seed)
  template = lines()
  local credential = lines()
  headers = { ["content-type"] = "application/json", ["accept"] = "application/json" }
  if credential ~= "" then headers["authorization"] = credential end
  -- Each thread has rows of its own, so that it knows their versions.
  rows = {}
  local at = 0
  for line in lines do
    if at % threads == number then
      local id, version, month, new = line:match("(%S+) (%S+) (%S+) (%S+)")
      table.insert(rows, { id = id, version = tonumber(version), month = month, new = new })
    end
    at = at + 1
  end
  sent, answers, bytes, wrong, example = 0, 0, 0, 0, ""
end

function request()
  local row = rows[sent % #rows + 1]
  sent = sent + 1
  local values = {
    id = row.id, version = row.version, month = row.month, new = row.new,
    key = run .. "-" .. sent, number = math.random(100000000, 999999999),
  }
  row.version = row.version + 1
  return wrk.format("POST", nil, headers, (template:gsub("<(%a+)>", values)))
end

local count = response

function response(status, headers, body)
  count(body:find(executed, 1, true) and status or "not executed, " .. status, headers, body)
end
