-- Posts random bodies from a file with one per line, and counts invalid responses.
-- wrk … -s load.lua URL -- FILE SEED

local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(arguments)
  local file, seed = arguments[1], tonumber(arguments[2])
  math.randomseed(seed + number)
  requests = {}
  local headers = { ["content-type"] = "application/json", ["accept"] = "application/json" }
  for body in io.lines(file) do
    table.insert(requests, wrk.format("POST", nil, headers, body))
  end
  answers, bytes, wrong, example = 0, 0, 0, ""
end

function request()
  return requests[math.random(#requests)]
end

function response(status, headers, body)
  answers = answers + 1
  bytes = bytes + #body
  if status ~= 200 or body:find('"errors"', 1, true) then
    wrong = wrong + 1
    if example == "" then
      example = status .. " " .. body:sub(1, 500)
    end
  end
end

local function escaped(text)
  return (text:gsub('[%c"\\]', function(character) return string.format("\\u%04x", character:byte()) end))
end

function done(summary, latency)
  local answers, bytes, wrong, example = 0, 0, 0, ""
  for _, thread in ipairs(threads) do
    answers, bytes = answers + thread:get("answers"), bytes + thread:get("bytes")
    wrong = wrong + thread:get("wrong")
    if example == "" then example = thread:get("example") end
  end
  local errors = summary.errors
  io.stderr:write(string.format(
    '{"answers":%d,"seconds":%.6f,"bytes":%d,"wrong":%d,"broken":%d,"p50":%.6f,"p99":%.6f,"example":"%s"}\n',
    answers, summary.duration / 1e6, bytes, wrong, errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1e6, latency:percentile(99) / 1e6, escaped(example)))
end
